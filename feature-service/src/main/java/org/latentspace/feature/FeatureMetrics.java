package org.latentspace.feature;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.outlet.ExplorerOutlet;
import org.latentspace.feature.senses.Senses;
import org.latentspace.feature.wire.FeatureStage;
import org.latentspace.wire.MetricsTable;

/** Shows the counters of this service on the metrics page. */
@ApplicationScoped
public class FeatureMetrics {
  void show(
      @Observes StartupEvent event,
      MeterRegistry page,
      Listeners listeners,
      FeatureStage stage,
      Senses senses,
      ExplorerOutlet explorer) {
    stage.meter().show(page);
    new MetricsTable(page, "feature.")
        .counter(
            "blocks.received",
            "Blocks of sound that arrived, good or bad.",
            stage.meter()::receivedCount)
        .counter(
            "blocks.refused",
            "Blocks that were bad, or whose performer found no room.",
            stage.meter()::refusedCount)
        .counter("frames.sent", "Frames sent to explorer-service.", () -> explorer.stream().sent())
        .counter(
            "frames.dropped",
            "Frames not sent because explorer-service was not ready or gone.",
            stage.meter()::droppedCount)
        .counter(
            "redials",
            "Times that explorer-service was called again.",
            () -> explorer.stream().redials())
        .counter("senses.taken", "Lists of values of other senses taken.", senses::taken)
        .counter("senses.refused", "Lists of values that were refused.", senses::refused)
        .gauge(
            "performers",
            "Performers who were heard in the last ten seconds.",
            () -> listeners.size(System.nanoTime()));
  }
}
