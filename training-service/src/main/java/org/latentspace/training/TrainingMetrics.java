package org.latentspace.training;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.nio.file.Path;
import org.latentspace.wire.MetricsTable;

/** Shows what training-service measures on the metrics page. */
@Singleton
public class TrainingMetrics {
  @Inject TrainingConfig config;

  /** Registers every measure. */
  public void show(MeterRegistry registry) {
    new MetricsTable(registry, "training.")
        .gauge(
            "data.free.bytes",
            "Room left where the data directory lies, in bytes.",
            () -> existing().getUsableSpace());
  }

  private File existing() {
    File folder = Path.of(config.dataDir()).toAbsolutePath().toFile();
    while (!folder.exists() && folder.getParentFile() != null) {
      folder = folder.getParentFile();
    }
    return folder;
  }
}
