package org.latentspace.training.data.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.model.Grid;
import org.latentspace.proto.GridFate;
import org.latentspace.proto.ImportReport;
import org.latentspace.training.data.BuiltIn;
import org.latentspace.training.data.Kits;
import org.latentspace.training.data.RhythmStore;
import org.latentspace.training.data.Selection;
import org.latentspace.training.data.outlet.PieceJournal;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.KitMap;

/** A folder of a thousand performances comes in whole, and stays. */
class GmdImportTest {
  @TempDir Path folder;

  @Test
  void everyNoteOfTheGrooveMidiDatasetHasAVoiceAndTheStoreOutlivesItsProcess() {
    String named = System.getProperty("LSE_TEST_DATA", System.getenv("LSE_TEST_DATA"));
    Path data = named == null ? Path.of("../../shared/data") : Path.of(named);
    assumeTrue(
        Files.isRegularFile(data.resolve("gmd/info.csv")),
        "no Groove MIDI Dataset below LSE_TEST_DATA: " + data);
    KitMap kit = new Kits(folder.resolve("kits")).named("roland-td");
    String digest;
    try (RhythmStore store = store()) {
      ImportReport report = bring(store, data, kit);
      assertEquals(1020, report.getPiecesAdded(), "two of the 1021 files hold the same strokes");
      assertEquals(1, report.getPiecesKnown());
      assertEquals(List.of(), report.getSkippedList());
      assertEquals(Map.of(), report.getUnmappedKeysMap());
      assertTrue(survived(report.getFate()) >= 0.995, report.getFate().toString());
      assertEquals(0, report.getNotesOnOtherChannels());
      assertEquals(897, report.getPiecesByTagOrThrow("split:train"));
      assertEquals(124, report.getPiecesByTagOrThrow("split:validation"));
      assertEquals(1021, bring(store, data, kit).getPiecesKnown());
      assertEquals(1020, store.counts().pieces());
      digest = digest(store, kit);
    }
    try (RhythmStore store = store()) {
      long start = System.nanoTime();
      store.open();
      System.out.println("GMD: the store is read again in " + seconds(start) + " s");
      assertEquals(1020, store.counts().pieces());
      store.pieces().stream()
          .filter(piece -> piece.about().origins().size() > 1)
          .forEach(piece -> System.out.println("GMD: the same strokes: " + piece.about()));
      assertEquals(digest, digest(store, kit));
    }
  }

  private RhythmStore store() {
    return new RhythmStore(
        new PieceJournal(folder), new RhythmStore.Room(100_000, 5_000_000), BuiltIn::pieces);
  }

  private static ImportReport bring(RhythmStore store, Path data, KitMap kit) {
    long start = System.nanoTime();
    MidiImport coming = new MidiImport(store, 1, Instant.EPOCH);
    MidiImport.Label label = new MidiImport.Label(List.of(), "", kit, Grid.STANDARD);
    new FolderImport(data).run("gmd", coming, label);
    ImportReport report = coming.finish();
    Map<String, Integer> styles = new TreeMap<>();
    report
        .getPiecesByTagMap()
        .forEach(
            (tag, count) -> {
              if (tag.startsWith("style:")) {
                styles.merge(tag.substring(6).split("/", -1)[0], count, Integer::sum);
              }
            });
    System.out.println(
        "GMD: "
            + report.getPiecesAdded()
            + " added, "
            + report.getPiecesKnown()
            + " known, "
            + report.getNotes()
            + " notes, unmapped "
            + report.getUnmappedKeysMap()
            + ", "
            + report.getFate()
            + " survived "
            + survived(report.getFate())
            + ", "
            + report.getLoops()
            + " loops, "
            + report.getLoopsTooFewOnsets()
            + " too few, other channels "
            + report.getNotesOnOtherChannels()
            + "\n  bars by metre "
            + new TreeMap<>(report.getBarsByMetreMap())
            + "\n  pieces by style "
            + styles
            + "\n  "
            + seconds(start)
            + " s");
    return report;
  }

  private static double survived(GridFate fate) {
    double kept = fate.getKept() + fate.getMoved();
    return kept / (kept + fate.getLost());
  }

  private static String digest(RhythmStore store, KitMap kit) {
    long start = System.nanoTime();
    DataSet selected = store.pick(Selection.ALL, Grid.STANDARD, kit, 1).data();
    String selecting = seconds(start);
    String digest = selected.digest();
    System.out.println(
        "GMD: "
            + selected.examples().size()
            + " loops selected in "
            + selecting
            + " s, with the digest "
            + seconds(start)
            + " s");
    return digest;
  }

  private static String seconds(long start) {
    return String.format("%.2f", (System.nanoTime() - start) / 1e9);
  }
}
