package org.latentspace.training.score;

import java.util.Arrays;
import org.latentspace.training.model.RhythmModel;

/**
 * Chooses the voices' onset thresholds that give the best F1 over all voices together: first every
 * voice's own best, then voice by voice what helps the whole, until nothing does. No voice may lose
 * more than a tenth of its own best F1 by that: the rare ones would fall silent.
 */
public final class ThresholdChoice {
  private static final int STEPS = 100;
  private static final int LOWEST = 10;
  private static final int HIGHEST = 75;
  private static final int ROUNDS = 20;
  private static final double LEAST_SHARE = 0.9;

  private ThresholdChoice() {}

  /** Thresholds 0.10..0.75, one a voice; 0.5 for a voice that the examples never use. */
  public static float[] choose(RhythmModel model, Reconstructions answers) {
    int voices = model.voices().size();
    int[][] hits = new int[voices][STEPS + 1];
    int[][] struck = new int[voices][STEPS + 1];
    answers.each(
        model,
        (example, decoded) -> {
          float[] onset = example.rhythm().onset();
          for (int i = 0; i < onset.length; i++) {
            int reached = Math.min(STEPS, (int) (decoded.onset()[i] * STEPS));
            struck[i % voices][reached]++;
            hits[i % voices][reached] += onset[i] > 0 ? 1 : 0;
          }
        });
    return choose(hits, struck);
  }

  /** From how often a voice's cells reached each step, and how often there was an onset then. */
  private static float[] choose(int[][] hits, int[][] struck) {
    int voices = hits.length;
    int[] wanted = new int[voices];
    int[] chosen = new int[voices];
    for (int voice = 0; voice < voices; voice++) {
      addFromAbove(hits[voice]);
      addFromAbove(struck[voice]);
      wanted[voice] = hits[voice][0];
      chosen[voice] = best(hits[voice], struck[voice], wanted[voice], 0, 0);
    }
    int allWanted = Arrays.stream(wanted).sum();
    boolean better = true;
    for (int round = 0; round < ROUNDS && better; round++) {
      better = false;
      for (int voice = 0; voice < voices; voice++) {
        int otherHits = 0;
        int otherStruck = 0;
        for (int other = 0; other < voices; other++) {
          otherHits += other == voice ? 0 : hits[other][chosen[other]];
          otherStruck += other == voice ? 0 : struck[other][chosen[other]];
        }
        int next =
            wanted[voice] == 0
                ? chosen[voice]
                : best(hits[voice], struck[voice], allWanted, otherHits, otherStruck);
        better |= next != chosen[voice];
        chosen[voice] = next;
      }
    }
    float[] thresholds = new float[voices];
    for (int voice = 0; voice < voices; voice++) {
      thresholds[voice] = chosen[voice] / (float) STEPS;
    }
    return thresholds;
  }

  private static void addFromAbove(int[] counts) {
    for (int step = STEPS - 1; step >= 0; step--) {
      counts[step] += counts[step + 1];
    }
  }

  /** The step with the best F1 together with what other voices hit and strike. */
  private static int best(int[] hits, int[] struck, int wanted, int moreHits, int moreStruck) {
    double least = LEAST_SHARE * bestF1(hits, struck);
    double bestF1 = 0;
    int best = STEPS / 2;
    for (int step = HIGHEST; step >= LOWEST; step--) {
      double f1 = f1(hits[step] + moreHits, struck[step] + moreStruck, wanted);
      if (f1(hits[step], struck[step], hits[0]) >= least && f1 > bestF1 + 1e-9) {
        bestF1 = f1;
        best = step;
      }
    }
    return best;
  }

  private static double bestF1(int[] hits, int[] struck) {
    double best = 0;
    for (int step = HIGHEST; step >= LOWEST; step--) {
      best = Math.max(best, f1(hits[step], struck[step], hits[0]));
    }
    return best;
  }

  private static double f1(int hit, int struck, int wanted) {
    return struck + wanted == 0 ? 0 : 2.0 * hit / ((double) struck + wanted);
  }
}
