package org.latentspace.vae.rhythm;

/** Something is larger than what this service holds or answers at a time. */
public final class LimitExceeded extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With the number that was too large, and the largest that is not. */
  public LimitExceeded(String message) {
    super(message);
  }
}
