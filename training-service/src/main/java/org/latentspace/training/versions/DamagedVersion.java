package org.latentspace.training.versions;

/** A version's file is not what it was when it was stored. */
public final class DamagedVersion extends RuntimeException {
  private static final long serialVersionUID = 1;

  DamagedVersion(String message) {
    super(message);
  }
}
