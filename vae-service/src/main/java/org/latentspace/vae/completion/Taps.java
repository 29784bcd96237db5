package org.latentspace.vae.completion;

import org.latentspace.vae.rhythm.RhythmTensor;

/**
 * The steps of the taps are known, their voices are not.
 *
 * <p>As in GrooVAE's Tap2Drum (Gillick et al. 2019), taps are the union of all voices' strokes. A
 * voice is heard in the union as loudly as it is struck, so that a soft hat between two taps costs
 * less than a snare there: at a step, 1 - product over voices of (1 - onset x velocity).
 */
final class Taps implements Evidence {
  private final boolean[] tapped;

  /** One entry per step. */
  Taps(boolean[] tapped) {
    this.tapped = tapped;
  }

  @Override
  public double likelihood(RhythmTensor decoded) {
    int voices = decoded.voices();
    double sum = 0;
    for (int step = 0; step < tapped.length; step++) {
      double silent = 1;
      for (int cell = step * voices; cell < (step + 1) * voices; cell++) {
        silent *= 1 - decoded.onset()[cell] * (double) decoded.velocity()[cell];
      }
      sum += Likelihoods.onset(tapped[step], 1 - silent);
    }
    return sum;
  }

  @Override
  public void complete(RhythmTensor decoded, float[] thresholds, RhythmTensor completed) {
    completed.clear();
    int voices = decoded.voices();
    for (int step = 0; step < tapped.length; step++) {
      if (tapped[step]) {
        strike(step, likeliest(decoded, step), decoded, completed);
        for (int voice = 0; voice < voices; voice++) {
          if (decoded.onset()[step * voices + voice] > thresholds[voice]) {
            strike(step, voice, decoded, completed);
          }
        }
      }
    }
  }

  private static int likeliest(RhythmTensor decoded, int step) {
    int likeliest = 0;
    int first = step * decoded.voices();
    for (int voice = 1; voice < decoded.voices(); voice++) {
      if (decoded.onset()[first + voice] > decoded.onset()[first + likeliest]) {
        likeliest = voice;
      }
    }
    return likeliest;
  }

  private static void strike(int step, int voice, RhythmTensor decoded, RhythmTensor completed) {
    int cell = step * decoded.voices() + voice;
    completed.strike(step, voice, decoded.velocity()[cell], decoded.offset()[cell]);
  }
}
