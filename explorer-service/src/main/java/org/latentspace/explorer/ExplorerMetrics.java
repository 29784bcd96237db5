package org.latentspace.explorer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.latentspace.explorer.outlet.PairDisk;
import org.latentspace.explorer.outlet.PointOutlet;
import org.latentspace.explorer.outlet.Recorder;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.explorer.wire.ExplorerMeter;
import org.latentspace.explorer.wire.WekinatorMeter;

/** Shows what explorer-service counts on the metrics page. */
@Singleton
public class ExplorerMetrics {
  @Inject ExplorerMeter meter;
  @Inject PointOutlet points;
  @Inject ExplorerEchoes echoes;
  @Inject Recorder recorder;
  @Inject Performers performers;
  @Inject PairBook book;
  @Inject PairDisk pairs;
  @Inject WekinatorMeter wekinator;

  /** What is counted, a sentence each. */
  enum Count {
    FRAMES_RECEIVED("Frames that arrived.", m -> m.meter.stage().receivedCount()),
    FRAMES_REFUSED("Frames that were bad and skipped.", m -> m.meter.stage().refusedCount()),
    POINTS_SENT("Points handed on to vae-service.", m -> m.points.sentCount()),
    POINTS_DROPPED("Points not handed on: no room, or a newer one.", m -> m.points.droppedCount()),
    VAE_REDIALS("How often vae-service had to be called again.", m -> m.points.redials()),
    ECHOES_RETURNED("Echoes that came back from vae-service.", m -> m.echoes.returnedCount()),
    ECHOES_MISSED("Echoes that a slow watcher did not get.", m -> m.echoes.missedCount()),
    ROWS_WRITTEN("Rows written to the record.", m -> m.recorder.written()),
    ROWS_DROPPED("Rows that the record has lost to a slow disk.", m -> m.recorder.dropped()),
    PAIRS_REFUSED("Changes of pairs that the disk did not take.", m -> m.pairs.refused()),
    WEKINATOR_PLACED("Points that came in on Wekinator's port.", m -> m.wekinator.placedCount()),
    WEKINATOR_REFUSED(
        "Messages on Wekinator's port that were refused.", m -> m.wekinator.refusedCount()),
    WEKINATOR_SENT("Messages sent to Wekinator's port.", m -> m.wekinator.sentCount()),
    WEKINATOR_DROPPED(
        "Messages to Wekinator's port that were dropped.", m -> m.wekinator.droppedCount());

    private final String sentence;
    private final ToDoubleFunction<ExplorerMetrics> value;

    Count(String sentence, ToDoubleFunction<ExplorerMetrics> value) {
      this.sentence = sentence;
      this.value = value;
    }

    String meter() {
      return "explorer." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  void show(@Observes StartupEvent begin, MeterRegistry registry) {
    meter.stage().show(registry);
    for (Count count : Count.values()) {
      FunctionCounter.builder(count.meter(), this, count.value)
          .description(count.sentence)
          .register(registry);
    }
    Gauge.builder("explorer.performers", performers, all -> all.taken(System.nanoTime()))
        .description("Performers who were heard in the last ten seconds.")
        .register(registry);
    Gauge.builder("explorer.pairs", book, PairBook::count)
        .description("Pairs that are taught.")
        .register(registry);
    Gauge.builder("explorer.pairs.waiting", pairs, PairDisk::waiting)
        .description("Changes of pairs that the log does not have yet.")
        .register(registry);
    Gauge.builder("explorer.watchers", echoes, ExplorerEchoes::watchers)
        .description("Screens and researchers that watch.")
        .register(registry);
  }
}
