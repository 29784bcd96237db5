package org.latentspace.audio;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.latentspace.audio.outlet.FeatureOutlet;
import org.latentspace.audio.wire.AudioStage;
import org.latentspace.wire.MetricsTable;
import org.latentspace.wire.StageMeter;

/** Shows what audio-service counts on the metrics page. */
@ApplicationScoped
public class AudioMetrics {
  void show(
      @Observes StartupEvent begin,
      MeterRegistry registry,
      AudioFlow flow,
      FeatureOutlet features,
      AudioStage stage) {
    StageMeter meter = stage.meter();
    meter.show(registry);
    new MetricsTable(registry, "audio.")
        .counter("blocks.numbered", "Blocks of sound that sources gave.", meter::receivedCount)
        .counter("blocks.sent", "Blocks sent to feature-service.", features::sent)
        .counter(
            "blocks.dropped",
            "Blocks not sent because feature-service was not ready or gone.",
            meter::droppedCount)
        .counter("blocks.refused", "Pushed blocks that were bad.", meter::refusedCount)
        .counter("redials", "Times that feature-service was called again.", features::redials)
        .gauge(
            "performers.sounding",
            "Performers whose source is there and has not ended.",
            () -> flow.performers().stream().filter(p -> !p.ended() && p.status().ok()).count());
  }
}
