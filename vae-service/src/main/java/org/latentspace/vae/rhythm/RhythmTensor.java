package org.latentspace.vae.rhythm;

import java.util.Arrays;

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
}
