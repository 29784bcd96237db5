package org.latentspace.vae.versions;

/** Receives what an operator may want to know, a line each. */
public interface VersionListener {
  /** Another version plays. */
  void activated(String line);

  /** A version was refused, or cannot be had or kept now. */
  void failed(String line);
}
