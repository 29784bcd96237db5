package org.latentspace.vae.library;

/** Says that what was asked for is still being computed. */
public final class NotYet extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With how far it is. */
  public NotYet(String message) {
    super(message);
  }
}
