package org.latentspace.audio;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;
import org.latentspace.audio.outlet.FeatureOutlet;

/** Shows the counters of this service on the metrics page. */
@ApplicationScoped
public class AudioMetrics {
  /** What is counted. */
  public enum Count {
    NUMBERED(
        "audio.blocks.numbered", "Blocks of sound that sources gave.", FeatureOutlet::numbered),
    SENT("audio.blocks.sent", "Blocks sent to feature-service.", FeatureOutlet::sent),
    DROPPED(
        "audio.blocks.dropped",
        "Blocks not sent because feature-service was not ready or gone.",
        FeatureOutlet::dropped),
    REFUSED("audio.blocks.refused", "Pushed blocks that were bad.", FeatureOutlet::refusals),
    REDIALS(
        "audio.redials", "Times that feature-service was called again.", FeatureOutlet::redials);

    private final String meter;
    private final String sentence;
    private final ToDoubleFunction<FeatureOutlet> reading;

    Count(String meter, String sentence, ToDoubleFunction<FeatureOutlet> reading) {
      this.meter = meter;
      this.sentence = sentence;
      this.reading = reading;
    }
  }

  private final MeterRegistry registry;
  private final AudioFlow flow;
  private final FeatureOutlet features;

  @Inject
  AudioMetrics(MeterRegistry registry, AudioFlow flow, FeatureOutlet features) {
    this.registry = registry;
    this.flow = flow;
    this.features = features;
  }

  void register(@Observes StartupEvent event) {
    for (Count count : Count.values()) {
      FunctionCounter.builder(count.meter, features, count.reading)
          .description(count.sentence)
          .register(registry);
    }
    Gauge.builder("audio.performers.sounding", flow, AudioMetrics::sounding)
        .description("Performers whose source is there and has not ended.")
        .register(registry);
    features.show(registry);
  }

  private static double sounding(AudioFlow flow) {
    return flow.performers().all().stream().filter(p -> !p.ended() && p.status().ok()).count();
  }
}
