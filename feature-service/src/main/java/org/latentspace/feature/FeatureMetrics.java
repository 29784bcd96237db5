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

/** Shows the counters of this service on the metrics page. */
@ApplicationScoped
public class FeatureMetrics {
  /** What is counted. */
  public enum Count {
    RECEIVED(
        "feature.blocks.received",
        "Blocks of sound that arrived, good or bad.",
        ExplorerOutlet::receivedCount),
    REFUSED(
        "feature.blocks.refused",
        "Blocks that were bad, or whose performer found no room.",
        ExplorerOutlet::refusedCount),
    SENT("feature.frames.sent", "Frames sent to explorer-service.", ExplorerOutlet::sentCount),
    DROPPED(
        "feature.frames.dropped",
        "Frames not sent because explorer-service was not ready or gone.",
        ExplorerOutlet::droppedCount),
    REDIALS(
        "feature.redials",
        "Times that explorer-service was called again.",
        ExplorerOutlet::redials);

    private final String meter;
    private final String sentence;
    private final ToDoubleFunction<ExplorerOutlet> reading;

    Count(String meter, String sentence, ToDoubleFunction<ExplorerOutlet> reading) {
      this.meter = meter;
      this.sentence = sentence;
      this.reading = reading;
    }
  }

  /** What is counted of other senses. */
  public enum SenseCount {
    TAKEN("feature.senses.taken", "Lists of values of other senses taken.", SenseFlow::taken),
    REFUSED("feature.senses.refused", "Lists of values that were refused.", SenseFlow::refused),
    BAD_DATAGRAMS(
        "feature.senses.osc.refused",
        "Datagrams that were no OSC, and OSC messages that were refused.",
        SenseFlow::refusedDatagrams);

    private final String meter;
    private final String sentence;
    private final ToDoubleFunction<SenseFlow> reading;

    SenseCount(String meter, String sentence, ToDoubleFunction<SenseFlow> reading) {
      this.meter = meter;
      this.sentence = sentence;
      this.reading = reading;
    }
  }

  private final MeterRegistry registry;
  private final FeatureFlow flow;
  private final SenseFlow senses;
  private final ExplorerOutlet explorer;

  @Inject
  FeatureMetrics(
      MeterRegistry registry, FeatureFlow flow, SenseFlow senses, ExplorerOutlet explorer) {
    this.registry = registry;
    this.flow = flow;
    this.senses = senses;
    this.explorer = explorer;
  }

  void register(@Observes StartupEvent event) {
    for (Count count : Count.values()) {
      FunctionCounter.builder(count.meter, explorer, count.reading)
          .description(count.sentence)
          .register(registry);
    }
    for (SenseCount count : SenseCount.values()) {
      FunctionCounter.builder(count.meter, senses, count.reading)
          .description(count.sentence)
          .register(registry);
    }
    Gauge.builder("feature.performers", flow, FeatureFlow::performers)
        .description("Performers who were heard in the last ten seconds.")
        .register(registry);
    explorer.show(registry);
  }
}
