package org.latentspace.training.storage;

/** A version's file is not what it was when it was stored. */
public final class DamagedVersion extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DamagedVersion(String message) {
    super(message);
  }
}
