package org.latentspace.benchmarks;

import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.latentspace.proto.Latency;

/**
 * The floors of {@link PathRig} in a process of their own: prints a line every ten seconds with
 * p50, p99 and maximum in us of the bare hops, then of the bare timing thread.
 */
public final class Floor {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  /** As midi-gateway.spin-us has by default. */
  private static final long SPIN_NANOS = 150_000;

  private Floor() {}

  /** Argument: bpm. Runs until it is ended. */
  public static void main(String[] arguments) throws Exception {
    BareTimer timer = new BareTimer(Double.parseDouble(arguments[0]), SPIN_NANOS);
    try (BareHops hops = new BareHops()) {
      new Thread(timer, "bare-timer").start();
      new Thread(hops::pace, "bare-pacer").start();
      long due = System.nanoTime();
      while (true) {
        due += WINDOW_NANOS;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        Latency path = hops.meter().status(0).getSinceCapture();
        Histogram late = timer.lateness();
        System.out.printf(
            Locale.ROOT,
            "%.1f %.1f %.1f %.1f %.1f %.1f%n",
            path.getP50Us(),
            path.getP99Us(),
            path.getMaxUs(),
            late.getValueAtPercentile(50) / 1e3,
            late.getValueAtPercentile(99) / 1e3,
            late.getMaxValue() / 1e3);
      }
    }
  }
}
