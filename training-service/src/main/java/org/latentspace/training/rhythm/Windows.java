package org.latentspace.training.rhythm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Cuts pieces at their bar lines into windows as long as the grid, each one bar after the other,
 * and keeps count of what does not come through.
 */
public final class Windows {

  /**
   * What came of the pieces.
   *
   * @param fate of the strokes when all bars of the grid's metre are put on the grid once
   * @param unmapped key → number of strokes that the kit does not have
   * @param tooFew windows left out because they had fewer strokes than asked
   */
  public record Cut(
      List<Example> examples, GridWriter.Fate fate, Map<Integer, Integer> unmapped, int tooFew) {}

  private final Grid grid;
  private final KitMap kit;
  private final int minOnsets;
  private final List<Example> examples = new ArrayList<>();
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
    List<GridWriter.Stroke> strokes = strokes(song);
    for (int i = 0; i < song.metres().size(); i++) {
      Song.Metre metre = song.metres().get(i);
      if (metre.beats() != grid.beatsPerBar() || metre.unit() != grid.beatUnit()) {
        continue;
      }
      double end =
          i + 1 < song.metres().size() ? song.metres().get(i + 1).quarter() : song.quarters();
      int bars = (int) Math.ceil((end - metre.quarter()) / metre.barQuarters() - 1e-9);
      passage(song, strokes, metre.quarter() * grid.stepsPerQuarter(), bars);
    }
    return this;
  }

  public Cut cut() {
    return new Cut(List.copyOf(examples), fate, Map.copyOf(unmapped), tooFew);
  }

  private void passage(Song song, List<GridWriter.Stroke> strokes, double firstStep, int bars) {
    GridWriter writer = new GridWriter(grid, kit.voices().size());
    for (int bar = 0; bar < bars; bar++) {
      boolean whole = bar + grid.bars() <= bars;
      boolean tail = !whole && bar % grid.bars() == 0;
      if (!whole && !tail) {
        continue;
      }
      GridWriter.Written written =
          writer.write(from(strokes, firstStep + bar * grid.stepsPerBar()));
      if (bar % grid.bars() == 0) {
        fate = fate.plus(written.fate());
      }
      if (!whole) {
        continue;
      }
      if (written.rhythm().strokes() < minOnsets) {
        tooFew++;
      } else {
        examples.add(new Example(song.name(), bar, song.bpm(), written.rhythm()));
      }
    }
  }

  private List<GridWriter.Stroke> from(List<GridWriter.Stroke> strokes, double firstStep) {
    List<GridWriter.Stroke> window = new ArrayList<>();
    for (GridWriter.Stroke each : strokes) {
      double step = each.step() - firstStep;
      if (step >= -0.5 && step < grid.steps() - 0.5) {
        window.add(new GridWriter.Stroke(step, each.voice(), each.velocity()));
      }
    }
    return window;
  }

  private List<GridWriter.Stroke> strokes(Song song) {
    List<GridWriter.Stroke> strokes = new ArrayList<>();
    for (Note note : song.notes()) {
      OptionalInt voice = kit.voiceOf(note.key());
      if (voice.isPresent()) {
        double step = note.quarter() * grid.stepsPerQuarter();
        strokes.add(new GridWriter.Stroke(step, voice.getAsInt(), note.velocity()));
      } else {
        unmapped.merge(note.key(), 1, Integer::sum);
      }
    }
    return strokes;
  }
}
