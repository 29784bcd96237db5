package org.latentspace.training.versions;

/** A version's name is in use, or was: names are never used twice. */
public final class NameTaken extends RuntimeException {
  private static final long serialVersionUID = 1;

  NameTaken(String message) {
    super(message);
  }
}
