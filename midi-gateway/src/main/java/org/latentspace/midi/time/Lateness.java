package org.latentspace.midi.time;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** How late strokes left: left at - due at. One thread records, any thread reads. */
public final class Lateness {
  private static final long HIGHEST_NANOS = 10_000_000_000L;
  private static final long WINDOW_NANOS = 5_000_000_000L;

  private final SingleWriterRecorder recorder = new SingleWriterRecorder(HIGHEST_NANOS, 3);
  private final Histogram sum = new Histogram(HIGHEST_NANOS, 3);
  private Histogram interval;
  private Histogram windowStart = new Histogram(HIGHEST_NANOS, 3);
  private Histogram nextWindowStart = new Histogram(HIGHEST_NANOS, 3);
  private long turnedNanos;

  /** Takes no lock and allocates nothing; less than nothing counts as 0. */
  public void record(long nanos) {
    recorder.recordValue(Math.max(0, Math.min(HIGHEST_NANOS, nanos)));
  }

  /** Everything since the start, in nanoseconds. */
  public synchronized Histogram read() {
    interval = recorder.getIntervalHistogram(interval);
    sum.add(interval);
    return sum.copy();
  }

  /**
   * The last five to ten seconds, in nanoseconds, if it is asked at least every five.
   *
   * @param nowNanos of {@link System#nanoTime}
   */
  public synchronized Histogram recent(long nowNanos) {
    Histogram all = read();
    if (nowNanos - turnedNanos >= WINDOW_NANOS) {
      turnedNanos = nowNanos;
      windowStart = nextWindowStart;
      nextWindowStart = all.copy();
    }
    all.subtract(windowStart);
    return all;
  }
}
