package org.latentspace.training.rhythm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.latentspace.model.Grid;

/**
 * Puts strokes onto a grid and says what became of them.
 *
 * <p>Of two strokes of one voice in one cell the louder one stays. The other moves to the
 * neighbouring cell on its own side, or else on the other side, if that is free, with the offset
 * that comes nearest to its time; where both are taken it is lost.
 */
public final class GridWriter {

  /** A stroke of a voice at a place in steps from the start of the grid. */
  public record Stroke(double step, int voice, float velocity) {}

  /** What became of the strokes: in their own cell, in a neighbour's, or gone. */
  public record Fate(int kept, int moved, int lost) {
    public static final Fate NONE = new Fate(0, 0, 0);

    public Fate plus(Fate other) {
      return new Fate(kept + other.kept, moved + other.moved, lost + other.lost);
    }
  }

  /** A rhythm and the fate of the strokes that it was written from. */
  public record Written(Rhythm rhythm, Fate fate) {}

  private final Grid grid;
  private final int voices;

  public GridWriter(Grid grid, int voices) {
    this.grid = grid;
    this.voices = voices;
  }

  /** Strokes whose nearest step lies outside the grid are not this grid's and are left out. */
  public Written write(List<Stroke> strokes) {
    Rhythm rhythm = Rhythm.silent(grid, voices);
    List<Stroke> displaced = new ArrayList<>();
    int kept = 0;
    List<Stroke> loudFirst = new ArrayList<>(strokes);
    loudFirst.sort(
        Comparator.comparingDouble((Stroke s) -> -s.velocity()).thenComparingDouble(Stroke::step));
    for (Stroke stroke : loudFirst) {
      long step = Math.round(stroke.step());
      if (step < 0 || step >= grid.steps()) {
        continue;
      }
      if (place(rhythm, stroke, (int) step)) {
        kept++;
      } else {
        displaced.add(stroke);
      }
    }
    int moved = 0;
    for (Stroke stroke : displaced) {
      moved += move(rhythm, stroke) ? 1 : 0;
    }
    return new Written(rhythm, new Fate(kept, moved, displaced.size() - moved));
  }

  private boolean move(Rhythm rhythm, Stroke stroke) {
    int step = (int) Math.round(stroke.step());
    int side = stroke.step() >= step ? 1 : -1;
    return place(rhythm, stroke, step + side) || place(rhythm, stroke, step - side);
  }

  private boolean place(Rhythm rhythm, Stroke stroke, int step) {
    int cell = step * voices + stroke.voice();
    if (step < 0 || step >= grid.steps() || rhythm.onset()[cell] > 0) {
      return false;
    }
    double offset = 2 * (stroke.step() - step);
    rhythm.put(cell, stroke.velocity(), (float) Math.max(-1, Math.min(1, offset)));
    return true;
  }
}
