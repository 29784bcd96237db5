package org.latentspace.training.data;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.latentspace.wire.MetricsTable;

/** Shows how much the data set holds on the metrics page. */
@Singleton
public class DataMetrics {
  @Inject DataFlow flow;

  /** Registers every measure. */
  public void show(MeterRegistry registry) {
    RhythmStore rhythms = flow.rhythms();
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
        .gauge("pairs", "Pairs that musicians taught and kept.", () -> flow.pairs().count());
  }
}
