package org.latentspace.feature;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.latentspace.feature.outlet.ExplorerOutlet;
import org.latentspace.feature.senses.Senses;
import org.latentspace.wire.MetricsTable;

/** Shows the counters of this service on the metrics page. */
@ApplicationScoped
public class FeatureMetrics {
  private final MeterRegistry page;
  private final FeatureFlow flow;
  private final Senses senses;
  private final ExplorerOutlet explorer;

  @Inject
  FeatureMetrics(MeterRegistry page, FeatureFlow flow, Senses senses, ExplorerOutlet explorer) {
    this.page = page;
    this.flow = flow;
    this.senses = senses;
    this.explorer = explorer;
  }

  void register(@Observes StartupEvent event) {
    new MetricsTable(page, "feature.")
        .counter(
            "blocks.received",
            "Blocks of sound that arrived, good or bad.",
            explorer::receivedCount)
        .counter(
            "blocks.refused",
            "Blocks that were bad, or whose performer found no room.",
            explorer::refusedCount)
        .counter("frames.sent", "Frames sent to explorer-service.", explorer::sentCount)
        .counter(
            "frames.dropped",
            "Frames not sent because explorer-service was not ready or gone.",
            explorer::droppedCount)
        .counter("redials", "Times that explorer-service was called again.", explorer::redials)
        .counter("senses.taken", "Lists of values of other senses taken.", senses::taken)
        .counter("senses.refused", "Lists of values that were refused.", senses::refused)
        .counter(
            "senses.osc.refused",
            "Datagrams that were no OSC, and OSC messages that were refused.",
            flow::refusedDatagrams)
        .gauge(
            "performers", "Performers who were heard in the last ten seconds.", flow::performers);
    explorer.show(page);
  }
}
