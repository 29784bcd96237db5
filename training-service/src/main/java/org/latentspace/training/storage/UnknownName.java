package org.latentspace.training.storage;

/** Something was asked for by a name that nothing has; the message says what was asked for. */
public final class UnknownName extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public UnknownName(String message) {
    super(message);
  }
}
