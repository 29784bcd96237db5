package org.latentspace.vae.versions;

/** When to try again: half a second after a failure, then twice as long each time, at most 15 s. */
final class RetryDelay {
  static final long FIRST_NANOS = 500_000_000;
  static final long LONGEST_NANOS = 15_000_000_000L;

  private long pauseNanos;
  private long dueNanos;

  RetryDelay() {
    reset();
  }

  /** The next try is due at once. */
  void reset() {
    pauseNanos = FIRST_NANOS;
    dueNanos = Long.MIN_VALUE;
  }

  /** Whether nothing has failed since the reset. */
  boolean isFirst() {
    return pauseNanos == FIRST_NANOS;
  }

  long dueNanos() {
    return dueNanos;
  }

  /** A try has failed; returns when the next is due. */
  long failed(long nowNanos) {
    dueNanos = nowNanos + pauseNanos;
    pauseNanos = Math.min(LONGEST_NANOS, pauseNanos * 2);
    return dueNanos;
  }
}
