package org.latentspace.training.vae;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.latentspace.training.rhythm.Example;

/**
 * Where the prior of every example stands: the first dimension goes with the number of strokes, the
 * second with their loudness, both by rank, so that the playing surface is evenly used.
 *
 * <p>The idea of attributes along latent dimensions is Pati and Lerch's (AR-VAE, 2020); here they
 * move the prior's centre instead of adding a loss.
 */
final class Guide {
  /** Half the width of the ranks' range: their standard deviation is then about 1. */
  private static final double REACH = 1.7;

  private Guide() {}

  /** Centres, shape [examples][latent]; all zero where strength is 0. */
  static float[][] centres(List<Example> examples, int latent, double strength) {
    double[] density = ranks(examples, e -> e.rhythm().strokes());
    double[] loudness = ranks(examples, e -> e.rhythm().loudness());
    float[][] centres = new float[examples.size()][latent];
    for (int i = 0; i < centres.length; i++) {
      centres[i][0] = (float) (strength * REACH * (2 * density[i] - 1));
      centres[i][1] = (float) (strength * REACH * (2 * loudness[i] - 1));
    }
    return centres;
  }

  /** Share of the examples below each one, 0..1; equal ones share the middle of their ranks. */
  private static double[] ranks(List<Example> examples, ToDoubleFunction<Example> attribute) {
    double[] values = examples.stream().mapToDouble(attribute).toArray();
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int low = 0;
      int high = 0;
      for (double each : sorted) {
        low += each < values[i] ? 1 : 0;
        high += each <= values[i] ? 1 : 0;
      }
      ranks[i] = (low + high) / 2.0 / values.length;
    }
    return ranks;
  }
}
