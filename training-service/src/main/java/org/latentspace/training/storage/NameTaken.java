package org.latentspace.training.storage;

/** A version's name is in use, or was: names are never used twice. */
public final class NameTaken extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NameTaken(String message) {
    super(message);
  }
}
