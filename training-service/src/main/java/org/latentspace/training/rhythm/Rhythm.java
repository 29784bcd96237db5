package org.latentspace.training.rhythm;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.latentspace.model.Grid;

/**
 * A rhythm as the network sees it: for every step and voice an onset (0 or 1), a velocity (0..1)
 * and an offset (-1..1, in half steps); velocity and offset are 0 where there is no onset.
 *
 * <p>The arrays have length steps × voices with index = step × voices + voice.
 */
public record Rhythm(Grid grid, int voices, float[] onset, float[] velocity, float[] offset) {

  public static Rhythm silent(Grid grid, int voices) {
    int size = grid.steps() * voices;
    return new Rhythm(grid, voices, new float[size], new float[size], new float[size]);
  }

  public int size() {
    return onset.length;
  }

  /** Puts a stroke into a cell. */
  void put(int cell, float strokeVelocity, float strokeOffset) {
    onset[cell] = 1;
    velocity[cell] = strokeVelocity;
    offset[cell] = strokeOffset;
  }

  /** The cells that have a stroke, in order. */
  public int[] struck() {
    return IntStream.range(0, size()).filter(cell -> onset[cell] > 0).toArray();
  }

  public int strokes() {
    int count = 0;
    for (float each : onset) {
      count += each > 0 ? 1 : 0;
    }
    return count;
  }

  /** Mean velocity of the strokes, 0..1; 0 for silence. */
  public double loudness() {
    double sum = 0;
    for (float each : velocity) {
      sum += each;
    }
    int strokes = strokes();
    return strokes == 0 ? 0 : sum / strokes;
  }

  /** Where the stroke of a cell lies, in steps from the start of the rhythm. */
  public double position(int cell) {
    return cell / voices + 0.5 * offset[cell];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rhythm that
        && grid.equals(that.grid)
        && voices == that.voices
        && Arrays.equals(onset, that.onset)
        && Arrays.equals(velocity, that.velocity)
        && Arrays.equals(offset, that.offset);
  }

  @Override
  public int hashCode() {
    return 31 * grid.hashCode() + Arrays.hashCode(onset);
  }
}
