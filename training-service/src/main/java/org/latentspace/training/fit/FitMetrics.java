package org.latentspace.training.fit;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.latentspace.training.fit.FitQueue.Fate;
import org.latentspace.wire.MetricsTable;

/** Shows how fits stand on the metrics page. */
@Singleton
public class FitMetrics {
  @Inject FitQueue queue;

  /** Registers every count and measure. */
  public void show(MeterRegistry registry) {
    new MetricsTable(registry, "training.")
        .counter("fits.done", "Fits that made a mapping.", () -> queue.ended(Fate.DONE))
        .counter("fits.failed", "Fits that came to nothing.", () -> queue.ended(Fate.FAILED))
        .counter(
            "fits.replaced",
            "Fits whose performer asked for a newer one.",
            () -> queue.ended(Fate.REPLACED))
        .counter(
            "fits.cancelled", "Fits whose caller went away.", () -> queue.ended(Fate.CANCELLED))
        .counter(
            "fits.refused",
            "Fits without pairs, or without room in the line.",
            () -> queue.ended(Fate.REFUSED))
        .gauge("fits.waiting", "Fits that wait for their turn.", queue::waiting)
        .gauge("fit.seconds", "What the last fit has taken.", queue::seconds);
  }
}
