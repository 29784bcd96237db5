package org.latentspace.training.storage;

/** Says whether what is kept may be changed now, and why not. */
public final class Door {
  private volatile String closed;

  /** Closed at first. */
  public Door(String why) {
    closed = why;
  }

  public void open() {
    closed = "";
  }

  public void close(String why) {
    closed = why;
  }

  /** Why it is closed; empty while it is open. */
  public String weather() {
    return closed;
  }

  public boolean isOpen() {
    return closed.isEmpty();
  }

  /** Throws IllegalStateException, saying why, while it is closed. */
  public void pass() {
    String why = closed;
    if (!why.isEmpty()) {
      throw new IllegalStateException("nothing can be changed now: " + why);
    }
  }
}
