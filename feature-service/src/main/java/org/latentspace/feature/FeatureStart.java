package org.latentspace.feature;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.outlet.ExplorerOutlet;
import org.latentspace.feature.outlet.RangeStore;
import org.latentspace.feature.range.Ranges;
import org.latentspace.wire.StartMistake;

/** Reads what was stored and calls the neighbour, before the first sound. */
@ApplicationScoped
public class FeatureStart {
  private final FeatureConfig config;

  @Inject
  FeatureStart(FeatureConfig config) {
    this.config = config;
  }

  void start(
      @Observes StartupEvent begin,
      Listeners listeners,
      Ranges ranges,
      RangeStore store,
      ExplorerOutlet explorer) {
    store.open(dataDir()).forEach(ranges::follow);
    explorer.start();
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
