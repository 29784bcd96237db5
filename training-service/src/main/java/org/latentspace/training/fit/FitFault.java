package org.latentspace.training.fit;

/** A fit that came to nothing; the message says why. */
public final class FitFault extends Exception {
  private static final long serialVersionUID = 1;

  public FitFault(String message) {
    super(message);
  }
}
