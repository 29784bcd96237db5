package org.latentspace.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latentspace.training.midi.MidiFileReader;
import org.latentspace.training.rhythm.GridWriter;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Windows;

/** What an import brought, and what was dropped and why; counts every file that was usable. */
public final class ImportReport {
  private static final int MOST_LINES = 1000;
  private static final int MOST_TAGS = 50_000;

  private final int minOnsets;
  private final List<String> skipped = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final List<String> withoutLoops = new ArrayList<>();
  private final Map<Integer, Long> unmapped = new TreeMap<>();
  private final Map<String, Integer> barsByMetre = new TreeMap<>();
  private final Map<String, Integer> piecesByTag = new TreeMap<>();
  private GridWriter.Fate fate = GridWriter.Fate.NONE;
  private int filesSkipped;
  private int added;
  private int known;
  private int loops;
  private int piecesWithoutLoops;
  private int tooFew;
  private long notes;
  private long otherChannels;

  ImportReport(int minOnsets) {
    this.minOnsets = minOnsets;
  }

  void skip(String name, String reason) {
    filesSkipped++;
    add(skipped, name + ": " + reason);
  }

  private static void add(List<String> lines, String line) {
    if (lines.size() < MOST_LINES) {
      lines.add(line);
    }
  }

  void take(MidiFileReader.Read read, MidiImport.Label label, Arrival.Outcome outcome) {
    Song song = read.song();
    added += outcome.how() == Arrival.How.ADDED ? 1 : 0;
    known += outcome.how() == Arrival.How.KNOWN ? 1 : 0;
    notes += song.notes().size();
    otherChannels += read.otherChannels();
    read.remarks().forEach(remark -> add(remarks, song.name() + ": " + remark));
    Windows.Cut cut = new Windows(label.grid(), label.kit(), minOnsets).add(song).cut();
    fate = fate.plus(cut.fate());
    loops += cut.examples().size();
    tooFew += cut.tooFew();
    if (cut.examples().isEmpty()) {
      piecesWithoutLoops++;
      add(withoutLoops, song.name() + ": " + cut.whyNone(song, label.grid(), minOnsets));
    }
    cut.unmapped().forEach((key, count) -> unmapped.merge(key, (long) count, Long::sum));
    countBars(song, barsByMetre);
    for (String tag : outcome.piece().about().tags()) {
      if (piecesByTag.size() < MOST_TAGS || piecesByTag.containsKey(tag)) {
        piecesByTag.merge(tag, 1, Integer::sum);
      }
    }
  }

  static void countBars(Song song, Map<String, Integer> barsByMetre) {
    for (Song.Passage passage : song.passages()) {
      barsByMetre.merge(passage.metre().written(), passage.bars(), Integer::sum);
    }
  }

  public int files() {
    return added + known + filesSkipped;
  }

  public int added() {
    return added;
  }

  public int known() {
    return known;
  }

  /** "name: reason", at most a thousand. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }

  public int filesSkipped() {
    return filesSkipped;
  }

  /** "name: what is wrong with it"; files that were read all the same, at most a thousand lines. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** "name: reason" of usable files that bring no loop, at most a thousand. */
  public List<String> withoutLoops() {
    return List.copyOf(withoutLoops);
  }

  public int piecesWithoutLoops() {
    return piecesWithoutLoops;
  }

  public long notes() {
    return notes;
  }

  /** Key → strokes that the kit does not have. */
  public Map<Integer, Long> unmapped() {
    return Map.copyOf(unmapped);
  }

  public GridWriter.Fate fate() {
    return fate;
  }

  public int loops() {
    return loops;
  }

  public int tooFew() {
    return tooFew;
  }

  public Map<String, Integer> barsByMetre() {
    return Map.copyOf(barsByMetre);
  }

  public Map<String, Integer> piecesByTag() {
    return Map.copyOf(piecesByTag);
  }

  /** Strokes on other channels than 10, left out where a file has drums there. */
  public long otherChannels() {
    return otherChannels;
  }
}
