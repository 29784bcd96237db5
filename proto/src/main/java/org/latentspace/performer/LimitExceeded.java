package org.latentspace.performer;

/** Something is more than what a service holds or answers at a time. */
public final class LimitExceeded extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With the number that was too large, and the largest that is not. */
  public LimitExceeded(String message) {
    super(message);
  }
}
