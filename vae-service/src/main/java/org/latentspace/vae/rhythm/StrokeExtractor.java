package org.latentspace.vae.rhythm;

import java.util.List;
import org.latentspace.model.Grid;

/** Makes strokes of a decoded tensor: a cell strikes where its onset passes the threshold. */
public final class StrokeExtractor {
  private final String modelVersion;
  private final Grid grid;
  private final List<String> voices;

  /** For the rhythms of one model. */
  public StrokeExtractor(String modelVersion, Grid grid, List<String> voices) {
    this.modelVersion = modelVersion;
    this.grid = grid;
    this.voices = voices;
  }

  /**
   * The strokes of a tensor, ordered by step, then voice. A cell strikes where its onset is above
   * (not at) its voice's threshold, so 1 silences a voice; velocity is clipped to 0..1, offset to
   * -1..1.
   *
   * @param tensor of the same grid and number of voices
   * @param thresholds one per voice, 0..1
   */
  public Rhythm strike(RhythmTensor tensor, float[] thresholds) {
    int count = count(tensor, thresholds);
    Rhythm rhythm =
        new Rhythm(
            modelVersion,
            grid,
            voices,
            new int[count],
            new int[count],
            new float[count],
            new float[count]);
    float[] onset = tensor.onset();
    int stroke = 0;
    for (int cell = 0; cell < onset.length; cell++) {
      int voice = cell % thresholds.length;
      if (onset[cell] > thresholds[voice]) {
        rhythm.step()[stroke] = cell / thresholds.length;
        rhythm.voice()[stroke] = voice;
        rhythm.velocity()[stroke] = clip(tensor.velocity()[cell], 0);
        rhythm.offset()[stroke] = clip(tensor.offset()[cell], -1);
        stroke++;
      }
    }
    return rhythm;
  }

  /** How many cells strike. */
  public static int count(RhythmTensor tensor, float[] thresholds) {
    float[] onset = tensor.onset();
    int count = 0;
    for (int cell = 0; cell < onset.length; cell++) {
      if (onset[cell] > thresholds[cell % thresholds.length]) {
        count++;
      }
    }
    return count;
  }

  private static float clip(float value, float low) {
    return Math.max(low, Math.min(1, value));
  }
}
