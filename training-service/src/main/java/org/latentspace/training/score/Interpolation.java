package org.latentspace.training.score;

import java.util.List;
import java.util.Random;
import org.latentspace.training.model.RhythmModel;

/**
 * How steadily a rhythm turns into another along straight lines through the latent space.
 *
 * @param lines how many lines between the places of two random examples were walked
 * @param monotonicity share of the steps, 0..1, after which the Jaccard distance of the onsets to
 *     the line's start is not smaller than before; 1: nothing ever goes back
 */
public record Interpolation(int lines, double monotonicity) {
  private static final int LINES = 200;
  private static final int STEPS = 16;

  /** The same places and seed give the same lines. */
  public static Interpolation of(RhythmModel model, List<RhythmModel.Place> places, long seed) {
    Random random = new Random(seed);
    long steady = 0;
    for (int line = 0; line < LINES; line++) {
      float[] start = places.get(random.nextInt(places.size())).mean();
      float[] end = places.get(random.nextInt(places.size())).mean();
      float[][] path = new float[STEPS + 1][start.length];
      for (int step = 0; step <= STEPS; step++) {
        for (int i = 0; i < start.length; i++) {
          path[step][i] = start[i] + step / (float) STEPS * (end[i] - start[i]);
        }
      }
      boolean[][] strikes = model.strikes(path);
      double before = 0;
      for (int step = 1; step <= STEPS; step++) {
        double distance = LatentMap.jaccard(strikes[0], strikes[step]);
        steady += distance >= before ? 1 : 0;
        before = distance;
      }
    }
    return new Interpolation(LINES, Figures.round(steady / (double) (LINES * STEPS)));
  }
}
