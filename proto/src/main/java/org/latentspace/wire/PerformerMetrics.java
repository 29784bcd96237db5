package org.latentspace.wire;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Shows on the metrics page of a stage, for each performer, how much later than the capture of the
 * sound the stage was done with it, median and 99th percentile of the last ten seconds, and how
 * many of its values were dropped.
 *
 * <p>Bounded: at most {@value #MOST_PERFORMERS} performers, each until nothing has come from it for
 * ten seconds. Before it is shown nothing is recorded.
 */
final class PerformerMetrics {
  static final int MOST_PERFORMERS = 256;
  private static final long SILENT_NANOS = 10_000_000_000L;
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int WINDOWS = 2;

  private final String prefix;
  private final String sentence;
  private final Map<String, Series> byPerformer = new ConcurrentHashMap<>();
  private volatile MeterRegistry registry;
  private volatile long sweptNanos;

  private static final class Series {
    final Timer timer;
    final Counter dropped;
    volatile long heardNanos;

    Series(Timer timer, Counter dropped, long nowNanos) {
      this.timer = timer;
      this.dropped = dropped;
      heardNanos = nowNanos;
    }
  }

  /**
   * @param stage the folder's name of the service, such as "vae-service"
   * @param sentence what is measured
   */
  PerformerMetrics(String stage, String sentence) {
    prefix = stage.substring(0, stage.indexOf('-'));
    this.sentence = sentence;
  }

  /** From now on the page shows what is recorded. */
  void show(MeterRegistry page) {
    Gauge.builder(prefix + ".capture.performers", this, all -> all.present(System.nanoTime()))
        .description(
            "Performers whose time since the capture was measured in the last ten seconds.")
        .register(page);
    registry = page;
  }

  /**
   * The stage is done with sound of this performer.
   *
   * @param nanos since its capture
   * @param nowNanos of a clock that never runs back
   */
  void record(String performer, long nanos, long nowNanos) {
    Series series = series(performer, nowNanos);
    if (series != null) {
      series.timer.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }
  }

  /** Something of this performer was dropped. */
  void dropped(String performer, long nowNanos) {
    Series series = series(performer, nowNanos);
    if (series != null) {
      series.dropped.increment();
    }
  }

  /** Of a performer who is here now; null where nothing is shown or there are too many. */
  private Series series(String performer, long nowNanos) {
    if (registry == null) {
      return null;
    }
    if (nowNanos - sweptNanos >= SILENT_NANOS) {
      present(nowNanos);
    }
    Series series = byPerformer.get(performer);
    if (series == null) {
      series = add(performer, nowNanos);
    }
    if (series != null) {
      series.heardNanos = nowNanos;
    }
    return series;
  }

  private synchronized Series add(String performer, long nowNanos) {
    Series known = byPerformer.get(performer);
    if (known != null) {
      return known;
    }
    if (byPerformer.size() >= MOST_PERFORMERS && present(nowNanos) >= MOST_PERFORMERS) {
      return null;
    }
    Timer timer =
        Timer.builder(prefix + ".capture")
            .description(sentence)
            .tag("performer", performer)
            .publishPercentiles(0.5, 0.99)
            .percentilePrecision(2)
            .distributionStatisticExpiry(WINDOW)
            .distributionStatisticBufferLength(WINDOWS)
            .register(registry);
    Counter dropped =
        Counter.builder(prefix + ".capture.dropped")
            .description("Values of a performer that a newer one has displaced at this stage.")
            .tag("performer", performer)
            .register(registry);
    Series series = new Series(timer, dropped, nowNanos);
    byPerformer.put(performer, series);
    return series;
  }

  /** How many were heard in the last ten seconds; the others are taken off the page. */
  synchronized int present(long nowNanos) {
    sweptNanos = nowNanos;
    byPerformer
        .entrySet()
        .removeIf(
            entry -> {
              boolean left = nowNanos - entry.getValue().heardNanos >= SILENT_NANOS;
              if (left) {
                registry.remove(entry.getValue().timer);
                registry.remove(entry.getValue().dropped);
              }
              return left;
            });
    return byPerformer.size();
  }
}
