package org.latentspace.midi;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.latentspace.wire.MetricsTable;

/** How many strokes left how late: a row of the metrics page for each step of a millisecond. */
final class LatenessMetrics {
  private static final double[] STEPS = {1, 1.5, 2, 3, 5, 7};
  private static final double LEAST_MS = 0.01;
  private static final double MOST_MS = 100;
  private static final long READ_EVERY_NANOS = 1_000_000_000L;

  private final Supplier<Histogram> late;
  private Histogram read;
  private long readNanos;

  /**
   * @param late of all strokes since the start, in nanoseconds
   */
  private LatenessMetrics(Supplier<Histogram> late) {
    this.late = late;
  }

  /** Shows them on the page; {@code of} says where the strokes left for. */
  static void show(MeterRegistry page, String of, Supplier<Histogram> late) {
    LatenessMetrics metrics = new LatenessMetrics(late);
    for (double decade = LEAST_MS; decade < MOST_MS * 1.01; decade *= 10) {
      for (double step : STEPS) {
        long within = Math.round(decade * step * 1e6);
        if (within <= MOST_MS * 1e6) {
          metrics.show(page, of, within);
        }
      }
    }
  }

  private void show(MeterRegistry page, String of, long within) {
    Tags tags = Tags.of("of", of, "within", Double.toString(within / 1e9));
    new MetricsTable(page, "midi.late.", tags)
        .counter(
            "strokes", "Strokes that left at most so much later than due.", () -> count(within));
  }

  /** Read once a second, because a histogram is much to copy. */
  private synchronized double count(long withinNanos) {
    long now = System.nanoTime();
    if (read == null || now - readNanos > READ_EVERY_NANOS) {
      read = late.get();
      readNanos = now;
    }
    return read.getCountBetweenValues(0, withinNanos);
  }
}
