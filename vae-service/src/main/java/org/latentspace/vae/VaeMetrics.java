package org.latentspace.vae;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.latentspace.vae.outlet.RhythmOutlet;
import org.latentspace.vae.playing.Performers;
import org.latentspace.vae.versions.VersionFollower;

/** Shows what vae-service counts on the metrics page. */
@Singleton
public class VaeMetrics {
  @Inject VaeMeter meter;
  @Inject RhythmOutlet rhythms;
  @Inject Performers performers;
  @Inject VersionFollower versions;

  /** What is counted, a sentence each. */
  enum Count {
    POINTS_RECEIVED("PointReader that arrived.", m -> m.meter.stage().receivedCount()),
    POINTS_REFUSED("PointReader that were bad and skipped.", m -> m.meter.stage().refusedCount()),
    POINTS_PASSED(
        "PointReader without a rhythm: no model, or no room for the performer.",
        m -> m.meter.passedCount()),
    RHYTHMS_DECODED("RhythmReader that were decoded.", m -> m.meter.decodedCount()),
    RHYTHMS_REPEATED(
        "RhythmReader sent once more, because place and model were the same.",
        m -> m.meter.repeatedCount()),
    RHYTHMS_SENT("RhythmReader sent to midi-gateway.", m -> m.rhythms.sent()),
    RHYTHMS_DROPPED(
        "RhythmReader not sent: midi-gateway not ready or gone, or a newer one came.",
        m -> m.rhythms.dropped()),
    GATEWAY_REDIALS("How often midi-gateway had to be called again.", m -> m.rhythms.redials()),
    CALLS_CROWDED(
        "Calls apart from the live path that were refused: too many at a time.",
        m -> m.meter.crowdedCount()),
    MODELS_LOADED("Models that took over while playing.", m -> m.meter.modelsLoadedCount()),
    MODELS_REFUSED(
        "Models that could not be played; the old one played on.",
        m -> m.meter.modelsRefusedCount()),
    VERSIONS_PLAYED("ModelActivation versions that took over.", m -> m.versions.played()),
    VERSIONS_REFUSED(
        "ModelActivation versions that were refused; the old one played on.",
        m -> m.versions.refused()),
    VERSIONS_RETRIED(
        "How often a version could not be had and was to be tried again.",
        m -> m.versions.retries());

    private final String sentence;
    private final ToDoubleFunction<VaeMetrics> value;

    Count(String sentence, ToDoubleFunction<VaeMetrics> value) {
      this.sentence = sentence;
      this.value = value;
    }

    String meterName() {
      return "vae." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  void show(@Observes StartupEvent begin, MeterRegistry registry) {
    meter.stage().show(registry);
    for (Count count : Count.values()) {
      FunctionCounter.builder(count.meterName(), this, count.value)
          .description(count.sentence)
          .register(registry);
    }
    Gauge.builder("vae.performers", performers, all -> all.taken(System.nanoTime()))
        .description("Performers who were heard in the last ten seconds.")
        .register(registry);
  }
}
