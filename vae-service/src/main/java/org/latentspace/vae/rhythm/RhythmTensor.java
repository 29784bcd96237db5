package org.latentspace.vae.rhythm;

import java.util.Arrays;
import java.util.List;
import org.latentspace.model.Grid;

/**
 * The three planes of a rhythm as the networks see them, made once and overwritten by every decode.
 *
 * <p>Each plane has steps x voices cells; the cell of a step and a voice is {@code step * voices +
 * voice}. Onsets are 0..1 (probabilities when decoded, 0 or 1 when they are to be encoded),
 * velocities 0..1, offsets -1..1 in half steps.
 */
public final class RhythmTensor {
  private final int steps;
  private final int voices;
  private final float[] onset;
  private final float[] velocity;
  private final float[] offset;

  /** An empty tensor of so many steps (1 or more) and voices (1 or more). */
  public RhythmTensor(int steps, int voices) {
    this.steps = steps;
    this.voices = voices;
    this.onset = new float[steps * voices];
    this.velocity = new float[steps * voices];
    this.offset = new float[steps * voices];
  }

  public int steps() {
    return steps;
  }

  public int voices() {
    return voices;
  }

  /** Cells of one plane: steps x voices. */
  public int cells() {
    return onset.length;
  }

  /** The plane itself, not a copy: the decoder writes here. */
  public float[] onset() {
    return onset;
  }

  /** The plane itself, not a copy. */
  public float[] velocity() {
    return velocity;
  }

  /** The plane itself, not a copy. */
  public float[] offset() {
    return offset;
  }

  /** Puts a stroke into a cell: onset 1, velocity 0..1, offset -1..1. */
  public void strike(int step, int voice, float strokeVelocity, float strokeOffset) {
    int cell = step * voices + voice;
    onset[cell] = 1;
    velocity[cell] = strokeVelocity;
    offset[cell] = strokeOffset;
  }

  /** Takes all strokes out. */
  public void clear() {
    Arrays.fill(onset, 0);
    Arrays.fill(velocity, 0);
    Arrays.fill(offset, 0);
  }

  /**
   * The tensor of a rhythm on a grid with these voices. The rhythm may have fewer voices, in any
   * order: they are found by name.
   *
   * @throws IllegalArgumentException for another grid, a voice that is not among them, or a stroke
   *     out of range or struck twice
   */
  public static RhythmTensor of(Rhythm rhythm, Grid grid, List<String> voices) {
    RhythmTensor tensor = new RhythmTensor(grid.steps(), voices.size());
    tensor.write(rhythm, grid, voices);
    return tensor;
  }

  /**
   * Writes a rhythm into a tensor that has this grid and these voices, whatever stood there.
   *
   * @throws IllegalArgumentException as {@link #of}; the tensor then holds nothing of use
   */
  public void write(Rhythm rhythm, Grid grid, List<String> names) {
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
      if (!names.contains(voice)) {
        throw new IllegalArgumentException("the model has no voice " + voice);
      }
    }
    clear();
    for (int stroke = 0; stroke < strokes; stroke++) {
      write(rhythm, stroke, names);
    }
  }

  private void write(Rhythm rhythm, int stroke, List<String> names) {
    int step = rhythm.step()[stroke];
    if (step < 0 || step >= steps) {
      throw fault(stroke, "step " + step + " must be 0.." + (steps - 1));
    }
    int named = rhythm.voice()[stroke];
    if (named < 0 || named >= rhythm.voices().size()) {
      throw fault(stroke, "voice " + named + " is not among the rhythm's voices");
    }
    int voice = names.indexOf(rhythm.voices().get(named));
    float loudness = rhythm.velocity()[stroke];
    if (!(loudness >= 0 && loudness <= 1)) {
      throw fault(stroke, "velocity " + loudness + " must be 0..1");
    }
    float place = rhythm.offset()[stroke];
    if (!(place >= -1 && place <= 1)) {
      throw fault(stroke, "offset " + place + " must be -1..1");
    }
    if (onset[step * voices + voice] != 0) {
      throw fault(stroke, "step " + step + " is struck twice by " + names.get(voice));
    }
    strike(step, voice, loudness, place);
  }

  private static IllegalArgumentException fault(int stroke, String what) {
    return new IllegalArgumentException("stroke " + stroke + ": " + what);
  }
}
