package org.latentspace.training.storage;

/** There is no room for more: of waiting jobs, of watchers, of evaluations. */
public final class QueueFull extends RuntimeException {
  private static final long serialVersionUID = 1;

  public QueueFull(String message) {
    super(message);
  }
}
