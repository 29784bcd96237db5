package org.latentspace.feature;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;
import org.latentspace.feature.outlet.ExplorerOutlet;
import org.latentspace.feature.senses.Senses;

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
    count(
        "blocks.received",
        "Blocks of sound that arrived, good or bad.",
        explorer,
        ExplorerOutlet::receivedCount);
    count(
        "blocks.refused",
        "Blocks that were bad, or whose performer found no room.",
        explorer,
        ExplorerOutlet::refusedCount);
    count("frames.sent", "Frames sent to explorer-service.", explorer, ExplorerOutlet::sentCount);
    count(
        "frames.dropped",
        "Frames not sent because explorer-service was not ready or gone.",
        explorer,
        ExplorerOutlet::droppedCount);
    count(
        "redials",
        "Times that explorer-service was called again.",
        explorer,
        ExplorerOutlet::redials);
    count("senses.taken", "Lists of values of other senses taken.", senses, Senses::taken);
    count("senses.refused", "Lists of values that were refused.", senses, Senses::refused);
    count(
        "senses.osc.refused",
        "Datagrams that were no OSC, and OSC messages that were refused.",
        flow,
        FeatureFlow::refusedDatagrams);
    Gauge.builder("feature.performers", flow, FeatureFlow::performers)
        .description("Performers who were heard in the last ten seconds.")
        .register(page);
    explorer.show(page);
  }

  private <T> void count(String name, String sentence, T of, ToDoubleFunction<T> reading) {
    FunctionCounter.builder("feature." + name, of, reading).description(sentence).register(page);
  }
}
