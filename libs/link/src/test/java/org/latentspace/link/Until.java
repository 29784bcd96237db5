package org.latentspace.link;

import java.util.concurrent.locks.LockSupport;

/** Waits for what comes by itself. */
final class Until {
  private static final long PATIENCE_NANOS = 40_000_000_000L;

  /** What may hold. */
  interface Condition {
    boolean holds() throws Exception;
  }

  private Until() {}

  /** Returns as soon as it holds, and how many milliseconds that took; fails after 40 s. */
  static double holds(String what, Condition condition) throws Exception {
    long begun = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        throw new AssertionError("not within 40 s: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
    return (System.nanoTime() - begun) / 1e6;
  }
}
