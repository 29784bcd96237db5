package org.latentspace.training.score;

import java.util.List;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;

/** Chooses for every voice the onset threshold that gives the best F1 on the examples given. */
public final class ThresholdChoice {
  private static final int STEPS = 50;
  private static final int LOWEST = 10;
  private static final int HIGHEST = 35;

  private ThresholdChoice() {}

  /** Thresholds 0.20..0.70, one a voice; 0.5 for a voice that the examples never use. */
  public static float[] choose(RhythmModel model, List<Example> examples) {
    int voices = model.voices().size();
    int[][] hits = new int[voices][STEPS + 1];
    int[][] struck = new int[voices][STEPS + 1];
    int[] wanted = new int[voices];
    for (Example example : examples) {
      Rhythm rhythm = example.rhythm();
      Rhythm decoded = model.decode(model.encode(rhythm).mean());
      for (int i = 0; i < rhythm.size(); i++) {
        int voice = i % voices;
        wanted[voice] += rhythm.onset()[i] > 0 ? 1 : 0;
        int reached = Math.min(STEPS, (int) (decoded.onset()[i] * STEPS));
        struck[voice][reached]++;
        hits[voice][reached] += rhythm.onset()[i] > 0 ? 1 : 0;
      }
    }
    float[] thresholds = new float[voices];
    for (int voice = 0; voice < voices; voice++) {
      thresholds[voice] = best(hits[voice], struck[voice], wanted[voice]);
    }
    return thresholds;
  }

  private static float best(int[] hits, int[] struck, int wanted) {
    int hit = 0;
    int strikes = 0;
    double bestF1 = 0;
    int best = STEPS / 2;
    for (int step = STEPS; step >= LOWEST; step--) {
      hit += hits[step];
      strikes += struck[step];
      double f1 = wanted == 0 ? 0 : 2.0 * hit / (strikes + wanted);
      if (step <= HIGHEST && f1 > bestF1 + 1e-9) {
        bestF1 = f1;
        best = step;
      }
    }
    return best / (float) STEPS;
  }
}
