package org.latentspace.vae.library;

/** The answer is still being computed. */
public final class StillComputing extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With how far it is. */
  public StillComputing(String message) {
    super(message);
  }
}
