package org.latentspace.vae.rhythm;

import java.util.List;
import org.latentspace.model.Grid;

/**
 * A loop of strokes and the model that made it; never changed once made.
 *
 * @param modelVersion which model made it
 * @param grid where its steps lie
 * @param voices names of the voices, in the model's order
 * @param step of each stroke, 0..steps-1, ascending; the four arrays have the same length
 * @param voice of each stroke, index into voices; ascending within a step
 * @param velocity of each stroke, 0..1
 * @param offset of each stroke, -1..1 in half steps
 */
public record Rhythm(
    String modelVersion,
    Grid grid,
    List<String> voices,
    int[] step,
    int[] voice,
    float[] velocity,
    float[] offset) {

  /** Number of strokes in the loop. */
  public int strokes() {
    return step.length;
  }
}
