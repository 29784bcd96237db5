package org.latentspace.training.rhythm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.latentspace.model.Grid;
import org.latentspace.training.rhythm.Song.Note;

/**
 * Cuts pieces at their bar lines into windows as long as the grid, each one bar after the other,
 * and keeps count of what does not come through.
 */
public final class Windows {

  /** Most strokes of all windows together: some 250 MB. */
  public static final int MOST_STROKES = 20_000_000;

  /**
   * What came of the pieces.
   *
   * @param fate of the strokes when all bars of the grid's metre are put on the grid once
   * @param unmapped key → number of strokes that the kit does not have
   * @param tooFew windows left out because they had fewer strokes than asked
   */
  public record Cut(
      List<Example> examples, GridWriter.Fate fate, Map<Integer, Integer> unmapped, int tooFew) {

    /** Why there are no examples, in a few words; the cut is of this piece alone. */
    public String whyNone(Song song, Grid grid, int minOnsets) {
      String metre = grid.beatsPerBar() + "/" + grid.beatUnit();
      int longest = song.longestPassage(metre);
      int without = unmapped.values().stream().mapToInt(Integer::intValue).sum();
      if (longest == 0) {
        return "it has no bars of " + metre + " but of " + song.metres().get(0).written();
      } else if (longest < grid.bars()) {
        return "a loop is "
            + grid.bars()
            + " bars of "
            + metre
            + ", it has "
            + longest
            + " in a row";
      } else if (without == song.notes().size()) {
        return "the kit has none of its strokes";
      }
      return "each of its " + tooFew + " loops has fewer than " + minOnsets + " strokes";
    }
  }

  /** Which windows of a piece are wanted. */
  public interface Choice {
    /** By the window's first bar, counted through the piece from 0, and its tempo there. */
    boolean takes(int bar, double bpm);
  }

  private final Grid grid;
  private final KitMap kit;
  private final int minOnsets;
  private final List<Example> examples = new ArrayList<>();
  private long held;
  private final Map<Integer, Integer> unmapped = new TreeMap<>();
  private GridWriter.Fate fate = GridWriter.Fate.NONE;
  private int tooFew;

  public Windows(Grid grid, KitMap kit, int minOnsets) {
    this.grid = grid;
    this.kit = kit;
    this.minOnsets = minOnsets;
  }

  /** Cuts one piece; passages in another metre than the grid's are passed over. */
  public Windows add(Song song) {
    return add(song.name(), song, (bar, bpm) -> true);
  }

  /**
   * Cuts one piece into the windows that are wanted, under a name of its own. Throws
   * IllegalArgumentException where it all becomes too much to hold.
   */
  public Windows add(String name, Song song, Choice choice) {
    List<GridWriter.Stroke> strokes = strokes(song);
    for (Song.Passage passage : song.passages()) {
      Song.Metre metre = passage.metre();
      if (metre.beats() == grid.beatsPerBar() && metre.unit() == grid.beatUnit()) {
        cut(new Source(name, song, passage, strokes), choice);
      }
    }
    return this;
  }

  public Cut cut() {
    return new Cut(List.copyOf(examples), fate, Map.copyOf(unmapped), tooFew);
  }

  /** A passage of a piece and the piece's strokes in steps, in the order of time. */
  private record Source(
      String name, Song song, Song.Passage passage, List<GridWriter.Stroke> strokes) {}

  private void cut(Source source, Choice choice) {
    GridWriter writer = new GridWriter(grid, kit.voices().size());
    Song.Passage passage = source.passage();
    int bars = Math.min(passage.bars(), barsOfInterest(source));
    boolean last = passage.firstBar() + passage.bars() == source.song().bars();
    double limit =
        last ? Double.MAX_VALUE : steps(passage.start(passage.firstBar() + passage.bars()));
    for (int bar = 0; bar < bars; bar++) {
      boolean whole = bar + grid.bars() <= bars;
      boolean first = bar % grid.bars() == 0;
      if (!whole && !first) {
        continue;
      }
      double start = passage.start(passage.firstBar() + bar);
      GridWriter.Written written = writer.write(from(source.strokes(), steps(start), limit));
      if (first) {
        fate = fate.plus(written.fate());
      }
      if (whole && choice.takes(passage.firstBar() + bar, source.song().bpmAt(start))) {
        take(source, passage.firstBar() + bar, start, written.rhythm());
      }
    }
    int beyond = (bars + grid.bars() - 1) / grid.bars() * grid.bars();
    if (last && bars > 0) {
      // An early stroke on the bar line that ends the piece opens a bar that no window has.
      double end = steps(passage.start(passage.firstBar() + beyond));
      fate = fate.plus(writer.write(from(source.strokes(), end, limit)).fate());
    }
  }

  /** Bars of a passage as far as a loop's length beyond the piece's last stroke. */
  private int barsOfInterest(Source source) {
    List<Note> notes = source.song().notes();
    if (notes.isEmpty()) {
      return source.passage().bars();
    }
    Song.Metre metre = source.passage().metre();
    double struck = notes.get(notes.size() - 1).quarter() - metre.quarter();
    return Math.max(0, (int) Math.floor(struck / metre.barQuarters()) + 1) + grid.bars();
  }

  private double steps(double quarter) {
    return quarter * grid.stepsPerQuarter();
  }

  private void take(Source source, int bar, double start, Rhythm rhythm) {
    if (rhythm.strokes() < minOnsets) {
      tooFew++;
      return;
    }
    examples.add(new Example(source.name(), bar, source.song().bpmAt(start), rhythm));
    held += rhythm.strokes();
    if (held > MOST_STROKES) {
      throw new IllegalArgumentException(
          "the loops have more than " + MOST_STROKES + " strokes together; choose fewer");
    }
  }

  private List<GridWriter.Stroke> from(
      List<GridWriter.Stroke> strokes, double firstStep, double limit) {
    int low = 0;
    int high = strokes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (strokes.get(middle).step() - firstStep < -0.5) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    List<GridWriter.Stroke> window = new ArrayList<>();
    for (int i = low; i < strokes.size(); i++) {
      GridWriter.Stroke each = strokes.get(i);
      double step = each.step() - firstStep;
      if (step >= grid.steps() - 0.5 || each.step() >= limit - 0.5) {
        break;
      }
      window.add(new GridWriter.Stroke(step, each.voice(), each.velocity()));
    }
    return window;
  }

  private List<GridWriter.Stroke> strokes(Song song) {
    List<GridWriter.Stroke> strokes = new ArrayList<>();
    for (Note note : song.notes()) {
      OptionalInt voice = voice(song, note.key());
      if (voice.isPresent()) {
        strokes.add(
            new GridWriter.Stroke(steps(note.quarter()), voice.getAsInt(), note.velocity()));
      } else {
        unmapped.merge(note.key(), 1, Integer::sum);
      }
    }
    strokes.sort(Comparator.comparingDouble(GridWriter.Stroke::step));
    return strokes;
  }

  /** By its name where the piece has one that the kit knows, else by its key. */
  private OptionalInt voice(Song song, int key) {
    String name = song.voices().get(key);
    OptionalInt named = name == null ? OptionalInt.empty() : kit.voiceNamed(name);
    return named.isPresent() ? named : kit.voiceOf(key);
  }
}
