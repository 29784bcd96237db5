package org.latentspace.training.fit;

import java.util.List;
import java.util.Random;
import org.latentspace.training.data.TaughtPair;

/**
 * How a pair's inputs lay about their mean, as a normal distribution that further inputs can be
 * drawn from.
 */
public final class PairSpread {
  private static final double SMALLEST = 1e-6;

  private final int[] places;
  // Lower triangle of the Cholesky factor of what varies in step, then standard deviations.
  private final double[] factor;
  private final int inStep;

  private PairSpread(int[] places, double[] factor) {
    this.places = places;
    this.factor = factor;
    this.inStep = Math.min(TaughtPair.IN_STEP, places.length);
  }

  /**
   * Reads a spread.
   *
   * @param spread as {@link TaughtPair#spread} has it
   * @param places where its entries stand in a row
   */
  static PairSpread of(List<Float> spread, int[] places) {
    double[] factor = new double[spread.size()];
    int inStep = Math.min(TaughtPair.IN_STEP, places.length);
    for (int i = 0; i < inStep; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = spread.get(at(i, j));
        for (int k = 0; k < j; k++) {
          rest -= factor[at(i, k)] * factor[at(j, k)];
        }
        double pivot = i == j ? Math.sqrt(Math.max(0, rest)) : factor[at(j, j)];
        // An entry that does not vary beyond the ones before it has nothing of its own to add.
        factor[at(i, j)] = i == j ? pivot : pivot > SMALLEST ? rest / pivot : 0;
      }
    }
    for (int i = at(inStep, 0); i < factor.length; i++) {
      factor[i] = Math.sqrt(Math.max(0, spread.get(i)));
    }
    return new PairSpread(places, factor);
  }

  private static int at(int i, int j) {
    return i * (i + 1) / 2 + j;
  }

  /** An input drawn about the mean, each entry 0..1. */
  float[] draw(float[] mean, Random chance) {
    float[] row = mean.clone();
    double[] normal = new double[places.length];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = chance.nextGaussian();
    }
    for (int i = 0; i < places.length; i++) {
      double moved = mean[places[i]];
      for (int j = 0; j <= i && i < inStep; j++) {
        moved += factor[at(i, j)] * normal[j];
      }
      if (i >= inStep) {
        moved += factor[at(inStep, 0) + i - inStep] * normal[i];
      }
      row[places[i]] = (float) Math.max(0, Math.min(1, moved));
    }
    return row;
  }
}
