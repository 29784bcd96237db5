package org.latentspace.vae;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import org.latentspace.vae.outlet.RhythmOutlet;
import org.latentspace.vae.playing.Performers;
import org.latentspace.vae.versions.VersionFollower;
import org.latentspace.wire.MetricsTable;
import org.latentspace.wire.StageMeter;

/** Shows what vae-service counts on the metrics page. */
@Singleton
public class VaeMetrics {
  @Inject RhythmOutlet rhythms;
  @Inject Performers performers;
  @Inject VersionFollower versions;

  private final LongAdder callsRefused = new LongAdder();
  private final LongAdder modelsLoaded = new LongAdder();
  private final LongAdder modelsRefused = new LongAdder();

  void show(@Observes StartupEvent begin, MeterRegistry registry) {
    stage().show(registry);
    MetricsTable table = new MetricsTable(registry, "vae.");
    showPath(table);
    table
        .counter(
            "calls.refused",
            "Calls apart from the live path that were refused: too many at a time.",
            callsRefused::sum)
        .counter("models.loaded", "Models that took over while playing.", modelsLoaded::sum)
        .counter(
            "models.refused",
            "Models that could not be played; the old one played on.",
            modelsRefused::sum)
        .counter("versions.played", "Activated versions that took over.", versions::played)
        .counter(
            "versions.refused",
            "Activated versions that were refused; the old one played on.",
            versions::refused)
        .counter(
            "versions.retried",
            "How often a version could not be had and was to be tried again.",
            versions::retries)
        .gauge(
            "performers",
            "Performers who sent a point in the last ten seconds.",
            () -> performers.taken(System.nanoTime()));
  }

  private void showPath(MetricsTable table) {
    table
        .counter("points.received", "Points that arrived.", stage()::receivedCount)
        .counter("points.refused", "Points that were bad and skipped.", stage()::refusedCount)
        .counter(
            "points.passed",
            "Points without a rhythm: no model, or no room for the performer.",
            rhythms::passed)
        .counter("rhythms.decoded", "Rhythms that were decoded.", rhythms::decoded)
        .counter(
            "rhythms.repeated",
            "Rhythms sent once more, because place and model were the same.",
            rhythms::repeated)
        .counter("rhythms.sent", "Rhythms sent to midi-gateway.", rhythms.gateway()::sent)
        .counter(
            "rhythms.dropped",
            "Rhythms not sent: midi-gateway not ready or gone, or a newer one came.",
            rhythms.stage()::droppedCount)
        .counter(
            "gateway.redials",
            "How often midi-gateway had to be called again.",
            rhythms.gateway()::redials);
  }

  /** What every stage measures. */
  public StageMeter stage() {
    return rhythms.stage();
  }

  /** A model was to be loaded by name. */
  public void load(boolean accepted) {
    (accepted ? modelsLoaded : modelsRefused).increment();
  }

  /** A call apart from the live path was refused, because too many others were before it. */
  public void callRefused() {
    callsRefused.increment();
  }
}
