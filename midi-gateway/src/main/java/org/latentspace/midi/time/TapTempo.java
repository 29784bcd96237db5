package org.latentspace.midi.time;

/** Tempo from beats that are tapped: the mean of the newest intervals, up to eight beats. */
final class TapTempo {
  private static final int MOST = 8;
  private static final double LONGEST_NANOS = 60e9 / Clock.SLOWEST_BPM;
  private static final double SHORTEST_NANOS = 60e9 / Clock.FASTEST_BPM;

  /** An interval that differs by more than this begins a new tempo. */
  private static final double DIFFERS = 0.35;

  private final long[] taps = new long[MOST];
  private int count;

  /**
   * A beat was tapped.
   *
   * @return 20..300 quarter notes a minute; 0 = not known yet
   */
  double tap(long nanos) {
    double interval = count == 0 ? 0 : nanos - taps[count - 1];
    if (count > 0 && interval < SHORTEST_NANOS) {
      // The hand has bounced.
      return 0;
    }
    if (interval > LONGEST_NANOS) {
      count = 0;
    } else if (count > 1 && Math.abs(interval / mean() - 1) > DIFFERS) {
      taps[0] = taps[count - 1];
      count = 1;
    } else if (count == MOST) {
      System.arraycopy(taps, 1, taps, 0, MOST - 1);
      count--;
    }
    taps[count++] = nanos;
    return count < 2 ? 0 : 60e9 / mean();
  }

  private double mean() {
    return (taps[count - 1] - taps[0]) / (count - 1.0);
  }
}
