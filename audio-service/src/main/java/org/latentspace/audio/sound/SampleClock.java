package org.latentspace.audio.sound;

/**
 * When a sample was captured, better than a single block tells it: a block may be read late, but
 * never before it is there, so that of the blocks of the last seconds the one read soonest counts.
 */
final class SampleClock {
  private static final long WINDOW_NANOS = 1_000_000_000L;

  private int sampleRate;
  private long earlier = Long.MAX_VALUE;
  private long newest = Long.MAX_VALUE;
  private long turnedNanos;

  /**
   * Hears of a block.
   *
   * @param end samples up to the block's end
   * @param capturedNanos Unix time at which its last sample was captured, or a little later
   */
  void read(long end, int rate, long capturedNanos) {
    long start = capturedNanos - Sound.nanos(end, rate);
    if (rate != sampleRate) {
      sampleRate = rate;
      earlier = Long.MAX_VALUE;
      newest = Long.MAX_VALUE;
      turnedNanos = capturedNanos;
    }
    if (capturedNanos - turnedNanos >= WINDOW_NANOS) {
      turnedNanos = capturedNanos;
      earlier = newest;
      newest = Long.MAX_VALUE;
    }
    newest = Math.min(newest, start);
  }

  /** Unix time at which a sample was captured, by its number. */
  long nanosAt(long sample) {
    return Math.min(earlier, newest) + Sound.nanos(sample, sampleRate);
  }
}
