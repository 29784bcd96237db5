package org.latentspace.vae.versions;

/** Receives what an operator may want to know, a line each. */
public interface VersionListener {
  /** Another version plays. */
  void good(String line);

  /** A version was refused, or cannot be had or kept now. */
  void bad(String line);
}
