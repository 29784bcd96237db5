package org.latentspace.feature;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.outlet.ExplorerOutlet;
import org.latentspace.feature.outlet.RangeStore;
import org.latentspace.feature.range.Ranges;
import org.latentspace.feature.range.SenseMerger;
import org.latentspace.feature.senses.Senses;
import org.latentspace.wire.StartMistake;

/** Checks the configuration and calls the neighbour, before the first sound. */
@ApplicationScoped
public class FeatureStart {
  private final FeatureConfig config;

  @Inject
  FeatureStart(FeatureConfig config) {
    this.config = config;
  }

  /** How each performer is listened to. A mistake in the configuration ends the start here. */
  @Produces
  @Singleton
  FeaturePlan plan() {
    return new FeaturePlan(config);
  }

  /** The listeners, nobody heard yet. */
  @Produces
  @Singleton
  Listeners listeners(FeaturePlan plan, Senses senses, Ranges ranges) {
    return new Listeners(
        config.maxPerformers(), plan::of, name -> new SenseMerger(name, senses, ranges));
  }

  /** The other senses, none felt yet. */
  @Produces
  @Singleton
  Senses senses(FeaturePlan plan) {
    return new Senses(config.maxPerformers(), plan.senses());
  }

  /** The ranges; those that were stored are read at the start. */
  @Produces
  @Singleton
  Ranges ranges(FeaturePlan plan) {
    return new Ranges(config.maxPerformers(), plan.frameSeconds(), plan::range);
  }

  void start(
      @Observes StartupEvent begin,
      Listeners listeners,
      Ranges ranges,
      RangeStore store,
      ExplorerOutlet explorer) {
    store.open(dataDir()).forEach(ranges::follow);
    explorer.open(config.explorerService().host(), config.explorerService().port());
  }

  void end(@Observes ShutdownEvent end, ExplorerOutlet explorer) {
    explorer.close();
  }

  private Path dataDir() {
    try {
      Path dir = Path.of(config.dataDir());
      if (!config.dataDir().isBlank() && (!Files.exists(dir) || Files.isDirectory(dir))) {
        return dir;
      }
    } catch (InvalidPathException e) {
      // Falls through to the same sentence.
    }
    throw new StartMistake("feature-service.data-dir=" + config.dataDir() + ": must be a folder");
  }
}
