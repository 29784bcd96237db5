package org.latentspace.training.vae;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.latentspace.training.rhythm.Example;

/**
 * Where the prior of a rhythm stands: the first dimension goes with the number of strokes, the
 * second with their loudness, both by rank among the examples, so that the playing surface is
 * evenly used.
 *
 * <p>The idea of attributes along latent dimensions is Pati and Lerch's (AR-VAE, 2020); here they
 * move the prior instead of adding a loss: it is N(g c, 1 - g²) for a rhythm whose ranks are c, and
 * the standard normal N(0, 1) where the strength g is 0.
 */
final class AttributePrior {
  /** How many dimensions, from the first, are guided. */
  static final int DIMENSIONS = 2;

  /** Half the width of the ranks' range: their standard deviation is then about 1. */
  private static final double REACH = 1.7;

  private final double strength;
  private final double[] strokes;
  private final double[] loudness;

  AttributePrior(List<Example> examples, double strength) {
    this.strength = strength;
    this.strokes = sorted(examples, e -> e.rhythm().strokes());
    this.loudness = sorted(examples, e -> e.rhythm().loudness());
  }

  /** Logarithm of the prior's variance in the guided dimensions. */
  float logVariance() {
    return (float) Math.log(1 - strength * strength);
  }

  /** The prior's centre along the first dimension. */
  float density(double count) {
    return centre(strokes, count);
  }

  /** The prior's centre along the second dimension. */
  float loudness(double meanVelocity) {
    return centre(loudness, meanVelocity);
  }

  /** Writes centre and log-variance of a rhythm's prior, `latent` numbers each, from `at` on. */
  void place(int count, double meanVelocity, float[] into, int at, int latent) {
    Arrays.fill(into, at, at + 2 * latent, 0);
    if (strength > 0) {
      into[at] = density(count);
      into[at + 1] = loudness(meanVelocity);
      Arrays.fill(into, at + latent, at + latent + DIMENSIONS, logVariance());
    }
  }

  /** Equal values share the middle of their ranks. */
  private float centre(double[] sorted, double value) {
    int below = below(sorted, value);
    int upTo = below(sorted, Math.nextUp(value));
    return (float) (strength * REACH * ((below + upTo) / (double) sorted.length - 1));
  }

  /** How many of the sorted values are smaller. */
  private static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double[] sorted(List<Example> examples, ToDoubleFunction<Example> attribute) {
    double[] values = examples.stream().mapToDouble(attribute).toArray();
    Arrays.sort(values);
    return values;
  }
}
