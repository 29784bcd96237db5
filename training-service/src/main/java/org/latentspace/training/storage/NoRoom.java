package org.latentspace.training.storage;

/** The data set holds as much as it may; the message names the key that bounds it. */
public final class NoRoom extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public NoRoom(String message) {
    super(message);
  }
}
