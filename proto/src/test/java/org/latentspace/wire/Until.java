package org.latentspace.wire;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits in short parks for what another thread does: a test that spins takes a core from what it
 * tests.
 */
public final class Until {
  private static final int PATIENCE_S = 30;
  private static final long FIRST_PARK_NANOS = 100_000;
  private static final long LONGEST_PARK_NANOS = 20_000_000;

  private Until() {}

  /** Waits for half a minute at most. */
  public static void until(String what, BooleanSupplier holds) {
    until(what, PATIENCE_S, holds);
  }

  /**
   * Returns as soon as it holds.
   *
   * @param what it waits for, as a sentence that is true then; the failure names it
   * @param seconds that it waits at most
   */
  public static void until(String what, int seconds, BooleanSupplier holds) {
    long begin = System.nanoTime();
    long park = FIRST_PARK_NANOS;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(seconds)) {
        throw new AssertionError("not within " + seconds + " s: " + what);
      }
      // A test that runs out of its time is interrupted, and a park then returns at once.
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted before: " + what);
      }
      LockSupport.parkNanos(park);
      park = Math.min(2 * park, LONGEST_PARK_NANOS);
    }
  }
}
