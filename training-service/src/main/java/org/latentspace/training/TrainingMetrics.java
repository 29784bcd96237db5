package org.latentspace.training;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.nio.file.Path;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.data.RhythmStore;
import org.latentspace.wire.MetricsTable;

/** Shows how much the data set holds, and may hold, on the metrics page. */
@Singleton
public class TrainingMetrics {
  @Inject TrainingConfig config;
  @Inject DataFlow data;

  /** Registers every measure. */
  public void show(MeterRegistry registry) {
    RhythmStore rhythms = data.rhythms();
    new MetricsTable(registry, "training.data.")
        .gauge("pieces", "Pieces that came in and are here.", () -> rhythms.counts().pieces())
        .gauge("notes", "Strokes of all pieces together.", () -> rhythms.counts().notes())
        .gauge(
            "excluded",
            "Pieces that are left out of selections.",
            () -> rhythms.counts().excluded())
        .gauge("deleted", "Pieces that the log does not bring back.", () -> rhythms.counts().gone())
        .gauge(
            "journal.bytes", "Size of the pieces' journal.", () -> rhythms.counts().journalBytes())
        .gauge("pairs", "Pairs that musicians taught and kept.", () -> data.pairs().count())
        .gauge(
            "free.bytes",
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
