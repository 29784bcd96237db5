package org.latentspace.training.data.inlet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.latentspace.model.Grid;
import org.latentspace.proto.ImportReport;
import org.latentspace.training.data.Arrival;
import org.latentspace.training.data.Origin;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.PieceInfo;
import org.latentspace.training.data.RhythmStore;
import org.latentspace.training.data.Text;
import org.latentspace.training.data.wire.DataWire;
import org.latentspace.training.midi.MidiFileException;
import org.latentspace.training.midi.MidiFileReader;
import org.latentspace.training.rhythm.GridWriter;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Windows;

/**
 * Brings MIDI files in, some at a time, and keeps the report. One import is one thread's.
 *
 * <p>A file that cannot be used is skipped with its reason; the others go in.
 */
final class MidiImport {
  private static final int FILES_AT_ONCE = 64;
  private static final int NOTES_AT_ONCE = 400_000;
  private static final int LONGEST_NAME = 256;
  private static final int MOST_LINES = 1000;
  private static final int MOST_TAGS = 50_000;

  /** What is given to everything that comes in with one call. */
  record Label(List<String> tags, String performer, KitMap kit, Grid grid) {
    Label {
      tags = PieceInfo.checkTags(tags);
    }

    /** The same label with a file's own tags and, where it names none, the file's performer. */
    Label with(List<String> moreTags, String filePerformer) {
      List<String> all = new ArrayList<>(tags);
      all.addAll(moreTags);
      return new Label(all, performer.isEmpty() ? filePerformer : performer, kit, grid);
    }
  }

  /** A file that was read and waits to be taken in together with others. */
  private record Waiting(MidiFileReader.Read read, Label label, Arrival arrival) {}

  private final RhythmStore store;
  private final int minOnsets;
  private final Instant now;
  private final long start = System.nanoTime();
  private final List<Waiting> waiting = new ArrayList<>();
  private int notesWaiting;
  private final ImportReport.Builder report = ImportReport.newBuilder();
  private final Map<Integer, Long> unmapped = new TreeMap<>();
  private final Map<String, Integer> barsByMetre = new TreeMap<>();
  private final Map<String, Integer> piecesByTag = new TreeMap<>();
  private GridWriter.Fate fate = GridWriter.Fate.NONE;

  /**
   * Begins an import.
   *
   * @param minOnsets the report counts loops with fewer apart
   * @param now the date of the pieces
   */
  MidiImport(RhythmStore store, int minOnsets, Instant now) {
    this.store = store;
    this.minOnsets = minOnsets;
    this.now = now;
  }

  /** Takes one file in. */
  void file(String name, byte[] bytes, Label label) {
    String shown = Text.printable(name, LONGEST_NAME);
    try {
      MidiFileReader.Read read = MidiFileReader.readAll(shown, bytes);
      Origin origin = new Origin(Source.MIDI, shown, label.performer(), now);
      waiting.add(new Waiting(read, label, new Arrival(read.song(), origin, label.tags())));
      notesWaiting += read.song().notes().size();
    } catch (MidiFileException | IllegalArgumentException unusable) {
      skip(shown, unusable.getMessage());
    }
    if (waiting.size() >= FILES_AT_ONCE || notesWaiting >= NOTES_AT_ONCE) {
      flush();
    }
  }

  /** Passes over a file that cannot be used. */
  void skip(String name, String reason) {
    report.setFilesSkipped(report.getFilesSkipped() + 1);
    String shown = Text.printable(name, LONGEST_NAME);
    line(report.getSkippedCount(), report::addSkipped, shown + ": " + reason);
  }

  /** Returns when all that came in will last: what it brought, and what was dropped and why. */
  ImportReport finish() {
    flush();
    return report
        .setFiles(report.getPiecesAdded() + report.getPiecesKnown() + report.getFilesSkipped())
        .setNotesUnmapped(unmapped.values().stream().mapToLong(Long::longValue).sum())
        .putAllUnmappedKeys(unmapped)
        .setFate(DataWire.fate(fate))
        .putAllBarsByMetre(barsByMetre)
        .putAllPiecesByTag(DataWire.most(piecesByTag))
        .setSeconds((System.nanoTime() - start) / 1e9)
        .build();
  }

  private void flush() {
    List<Arrival.Outcome> outcomes = store.add(waiting.stream().map(Waiting::arrival).toList());
    for (int i = 0; i < outcomes.size(); i++) {
      Waiting file = waiting.get(i);
      Arrival.Outcome outcome = outcomes.get(i);
      if (outcome.piece() == null) {
        skip(file.arrival().origin().name(), outcome.reason());
      } else {
        take(file.read(), outcome);
        cut(file.read().song(), file.label());
      }
    }
    waiting.clear();
    notesWaiting = 0;
  }

  private void take(MidiFileReader.Read read, Arrival.Outcome outcome) {
    Song song = read.song();
    if (outcome.how() == Arrival.How.ADDED) {
      report.setPiecesAdded(report.getPiecesAdded() + 1);
    } else {
      report.setPiecesKnown(report.getPiecesKnown() + 1);
    }
    report.setNotes(report.getNotes() + song.notes().size());
    report.setNotesOnOtherChannels(report.getNotesOnOtherChannels() + read.otherChannels());
    for (String remark : read.remarks()) {
      line(report.getRemarksCount(), report::addRemarks, song.name() + ": " + remark);
    }
    song.countBars(barsByMetre);
    for (String tag : outcome.piece().about().tags()) {
      if (piecesByTag.size() < MOST_TAGS || piecesByTag.containsKey(tag)) {
        piecesByTag.merge(tag, 1, Integer::sum);
      }
    }
  }

  private void cut(Song song, Label label) {
    Windows.Cut cut = new Windows(label.grid(), label.kit(), minOnsets).add(song).cut();
    fate = fate.plus(cut.fate());
    report.setLoops(report.getLoops() + cut.examples().size());
    report.setLoopsTooFewOnsets(report.getLoopsTooFewOnsets() + cut.tooFew());
    cut.unmapped().forEach((key, count) -> unmapped.merge(key, (long) count, Long::sum));
    if (cut.examples().isEmpty()) {
      report.setPiecesWithoutLoops(report.getPiecesWithoutLoops() + 1);
      String why = song.name() + ": " + cut.whyNone(song, label.grid(), minOnsets);
      line(report.getWithoutLoopsCount(), report::addWithoutLoops, why);
    }
  }

  private static void line(int before, Consumer<String> lines, String line) {
    if (before < MOST_LINES) {
      lines.accept(line);
    }
  }
}
