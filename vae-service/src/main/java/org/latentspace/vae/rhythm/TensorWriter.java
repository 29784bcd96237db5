package org.latentspace.vae.rhythm;

import java.util.List;
import org.latentspace.model.Grid;

/** Writes a rhythm's strokes into the cells that a network reads. */
public final class TensorWriter {
  private TensorWriter() {}

  /**
   * The tensor of a rhythm on a grid with these voices. The rhythm may have fewer voices, in any
   * order: they are found by name.
   *
   * @throws IllegalArgumentException for another grid, a voice that is not among them, or a stroke
   *     out of range or struck twice
   */
  public static RhythmTensor tensor(Rhythm rhythm, Grid grid, List<String> voices) {
    RhythmTensor tensor = new RhythmTensor(grid.steps(), voices.size());
    write(rhythm, grid, voices, tensor);
    return tensor;
  }

  /**
   * Writes a rhythm into a tensor of this grid and these voices, whatever stood there.
   *
   * @throws IllegalArgumentException as {@link #tensor}; the tensor then holds nothing of use
   */
  public static void write(Rhythm rhythm, Grid grid, List<String> voices, RhythmTensor tensor) {
    if (!rhythm.grid().equals(grid)) {
      throw new IllegalArgumentException("the rhythm's " + rhythm.grid() + " must be " + grid);
    }
    int strokes = rhythm.strokes();
    boolean whole = rhythm.voice().length == strokes;
    whole &= rhythm.velocity().length == strokes && rhythm.offset().length == strokes;
    if (!whole) {
      throw new IllegalArgumentException("the arrays of strokes must have the same length");
    }
    for (String voice : rhythm.voices()) {
      if (!voices.contains(voice)) {
        throw new IllegalArgumentException("the model has no voice " + voice);
      }
    }
    tensor.clear();
    for (int stroke = 0; stroke < strokes; stroke++) {
      write(rhythm, stroke, tensor, voices);
    }
  }

  private static void write(Rhythm rhythm, int stroke, RhythmTensor tensor, List<String> voices) {
    int step = rhythm.step()[stroke];
    if (step < 0 || step >= tensor.steps()) {
      throw fault(stroke, "step " + step + " must be 0.." + (tensor.steps() - 1));
    }
    int named = rhythm.voice()[stroke];
    if (named < 0 || named >= rhythm.voices().size()) {
      throw fault(stroke, "voice " + named + " is not among the rhythm's voices");
    }
    int voice = voices.indexOf(rhythm.voices().get(named));
    float velocity = rhythm.velocity()[stroke];
    if (!(velocity >= 0 && velocity <= 1)) {
      throw fault(stroke, "velocity " + velocity + " must be 0..1");
    }
    float offset = rhythm.offset()[stroke];
    if (!(offset >= -1 && offset <= 1)) {
      throw fault(stroke, "offset " + offset + " must be -1..1");
    }
    if (tensor.onset()[step * tensor.voices() + voice] != 0) {
      throw fault(stroke, "step " + step + " is struck twice by " + voices.get(voice));
    }
    tensor.strike(step, voice, velocity, offset);
  }

  private static IllegalArgumentException fault(int stroke, String what) {
    return new IllegalArgumentException("stroke " + stroke + ": " + what);
  }
}
