package org.latentspace.training.storage;

/** Whether stored things may be changed now, and if not, why. */
public final class WriteGate {
  private volatile String closed;

  /** Closed at first. */
  public WriteGate(String why) {
    closed = why;
  }

  public void open() {
    closed = "";
  }

  public void close(String why) {
    closed = why;
  }

  /** Why it is closed; empty while it is open. */
  public String status() {
    return closed;
  }

  public boolean isOpen() {
    return closed.isEmpty();
  }

  /** Throws IllegalStateException, saying why, while it is closed. */
  public void check() {
    String why = closed;
    if (!why.isEmpty()) {
      throw new IllegalStateException("nothing can be changed now: " + why);
    }
  }
}
