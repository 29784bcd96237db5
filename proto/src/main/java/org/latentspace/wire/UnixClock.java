package org.latentspace.wire;

import java.time.Instant;

/** Reads the wall clock in the unit that the wire uses: nanoseconds since 1970-01-01T00:00Z. */
public final class UnixClock {
  private UnixClock() {}

  /** Comparable between processes and hosts as far as their clocks agree; may step back. */
  public static long nanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
