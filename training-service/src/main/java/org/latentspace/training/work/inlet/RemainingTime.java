package org.latentspace.training.work.inlet;

/** Guesses how long a training will still take, from the epochs since this process began. */
final class RemainingTime {
  private final int epochs;
  private int first;
  private long firstNanos;

  RemainingTime(int epochs) {
    this.epochs = epochs;
  }

  /** Seconds from the end of an epoch to the end of all; 0 until two epochs have ended. */
  double left(int epoch, long nanos) {
    if (firstNanos == 0) {
      first = epoch;
      firstNanos = nanos;
      return 0;
    }
    return (nanos - firstNanos) / 1e9 / (epoch - first) * (epochs - epoch);
  }
}
