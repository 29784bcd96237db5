package org.latentspace.training.rhythm;

import java.util.Arrays;
import org.latentspace.model.Grid;

/**
 * One rhythm to learn, with the piece it comes from, its first bar there (from 0) and its tempo;
 * kept as its strokes alone and unfolded when it is asked for: a rhythm of 96 steps and 9 voices
 * takes some 400 bytes here and 10 kB unfolded.
 *
 * @param cells those that have a stroke, as in {@link Rhythm}, in order
 * @param values velocity and offset of each of them
 */
public record Example(
    String song, int bar, double bpm, Grid grid, int voices, int[] cells, float[] values) {

  public Example(String song, int bar, double bpm, Rhythm rhythm) {
    this(song, bar, bpm, rhythm.grid(), rhythm.voices(), rhythm.struck(), values(rhythm));
  }

  private static float[] values(Rhythm rhythm) {
    int[] cells = rhythm.struck();
    float[] values = new float[2 * cells.length];
    for (int i = 0; i < cells.length; i++) {
      values[2 * i] = rhythm.velocity()[cells[i]];
      values[2 * i + 1] = rhythm.offset()[cells[i]];
    }
    return values;
  }

  /** The rhythm itself, made anew each time. */
  public Rhythm rhythm() {
    Rhythm rhythm = Rhythm.silent(grid, voices);
    for (int i = 0; i < cells.length; i++) {
      rhythm.put(cells[i], values[2 * i], values[2 * i + 1]);
    }
    return rhythm;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Example that
        && song.equals(that.song)
        && bar == that.bar
        && bpm == that.bpm
        && rhythm().equals(that.rhythm());
  }

  @Override
  public int hashCode() {
    return 31 * song.hashCode() + bar + Arrays.hashCode(cells);
  }
}
