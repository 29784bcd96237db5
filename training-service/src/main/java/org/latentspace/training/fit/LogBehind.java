package org.latentspace.training.fit;

/** The log has not brought in time what a fit needs. */
public final class LogBehind extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LogBehind(String message) {
    super(message);
  }
}
