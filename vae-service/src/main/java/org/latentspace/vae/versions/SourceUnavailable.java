package org.latentspace.vae.versions;

/** A version or library cannot be fetched now; the message says why. It is tried again. */
public final class SourceUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  public SourceUnavailable(String status) {
    super(status);
  }
}
