package org.latentspace.training.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.model.Grid;
import org.latentspace.training.midi.MidiFileException;
import org.latentspace.training.midi.MidiFileReader;
import org.latentspace.training.rhythm.KitMap;

/**
 * Brings MIDI files in, some at a time, and keeps the report. One import is one thread's.
 *
 * <p>A file that cannot be used is skipped with its reason; the others go in.
 */
public final class MidiImport {
  private static final int FILES_AT_ONCE = 64;
  private static final int NOTES_AT_ONCE = 400_000;
  private static final int LONGEST_NAME = 256;

  /** What is given to everything that comes in with one call. */
  public record Label(List<String> tags, String performer, KitMap kit, Grid grid) {
    public Label {
      tags = Tags.check(tags);
    }

    /** The same label with a file's own tags and, where it names none, the file's performer. */
    public Label with(List<String> moreTags, String filePerformer) {
      List<String> all = new ArrayList<>(tags);
      all.addAll(moreTags);
      return new Label(all, performer.isEmpty() ? filePerformer : performer, kit, grid);
    }
  }

  /** A file that was read and waits to be taken in together with others. */
  private record Waiting(MidiFileReader.Read read, Label label, Arrival arrival) {}

  private final RhythmStore store;
  private final ImportReport report;
  private final Instant now;
  private final List<Waiting> waiting = new ArrayList<>();
  private int notesWaiting;

  /**
   * Begins an import.
   *
   * @param minOnsets the report counts loops with fewer apart
   * @param now the date of the pieces
   */
  public MidiImport(RhythmStore store, int minOnsets, Instant now) {
    this.store = store;
    this.report = new ImportReport(minOnsets);
    this.now = now;
  }

  /** Takes one file in. */
  public void file(String name, byte[] bytes, Label label) {
    String shown = Text.printable(name, LONGEST_NAME);
    try {
      MidiFileReader.Read read = MidiFileReader.readAll(shown, bytes);
      Origin origin = new Origin(Source.MIDI, shown, label.performer(), now);
      waiting.add(new Waiting(read, label, new Arrival(read.song(), origin, label.tags())));
      notesWaiting += read.song().notes().size();
    } catch (MidiFileException | IllegalArgumentException unusable) {
      report.skip(shown, unusable.getMessage());
    }
    if (waiting.size() >= FILES_AT_ONCE || notesWaiting >= NOTES_AT_ONCE) {
      flush();
    }
  }

  /** Passes over a file that cannot even be read. */
  public void skip(String name, String reason) {
    report.skip(Text.printable(name, LONGEST_NAME), reason);
  }

  /** Returns when all that came in will last. */
  public ImportReport finish() {
    flush();
    return report;
  }

  private void flush() {
    List<Arrival.Outcome> outcomes = store.add(waiting.stream().map(Waiting::arrival).toList());
    for (int i = 0; i < outcomes.size(); i++) {
      Waiting file = waiting.get(i);
      Arrival.Outcome outcome = outcomes.get(i);
      if (outcome.piece() == null) {
        report.skip(file.arrival().origin().name(), outcome.reason());
      } else {
        report.take(file.read(), file.label(), outcome);
      }
    }
    waiting.clear();
    notesWaiting = 0;
  }
}
