package org.latentspace.training.jobs;

/** There is no room for more: of waiting jobs, of watchers, of evaluations. */
public final class QueueFull extends RuntimeException {
  private static final long serialVersionUID = 1;

  public QueueFull(String message) {
    super(message);
  }
}
