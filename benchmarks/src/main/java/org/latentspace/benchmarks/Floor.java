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
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int WINDOW_S = 10;

  /** As midi-gateway.spin-us has by default. */
  private static final long SPIN_NANOS = 150_000;

  private Floor() {}

  /** Argument: bpm. Runs until it is ended. */
  public static void main(String[] arguments) throws Exception {
    BareTimer timer = new BareTimer(Double.parseDouble(arguments[0]), SPIN_NANOS);
    try (BareHops hops = new BareHops()) {
      new Thread(timer, "bare-timer").start();
      new Thread(hops::pace, "bare-pacer").start();
      long begin = System.nanoTime();
      for (long second = 1; true; second++) {
        while (System.nanoTime() < begin + second * SECOND_NANOS) {
          LockSupport.parkNanos(begin + second * SECOND_NANOS - System.nanoTime());
        }
        // Asked every second, as the product is by its echo, so that the windows are alike.
        Latency path = hops.meter().stageStatus().getSinceCapture();
        Histogram late = timer.lateness();
        if (second % WINDOW_S != 0) {
          continue;
        }
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
