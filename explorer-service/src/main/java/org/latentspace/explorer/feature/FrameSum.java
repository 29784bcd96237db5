package org.latentspace.explorer.feature;

import java.util.Arrays;
import java.util.List;
import org.latentspace.explorer.feature.PairInput.Spread;

/**
 * Adds frames up, for their mean and spread; takes no more room for a minute than for a second.
 *
 * <p>Not safe for several threads; allocates nothing while it adds.
 */
final class FrameSum {
  private final int size;
  private final double[] sum;
  private final double[] products;
  private final double[] rawSquares;
  private int frames;

  /**
   * @param size entries of the vector, at least ten
   */
  FrameSum(int size) {
    this.size = size;
    sum = new double[2 * size];
    products = new double[Spread.entries(size)];
    rawSquares = new double[size];
  }

  int frames() {
    return frames;
  }

  /** Adds a frame: `size` entries of its vector from a place on, then as many raw values. */
  void add(float[] entries, int at) {
    for (int i = 0; i < 2 * size; i++) {
      sum[i] += entries[at + i];
    }
    for (int i = 0; i < size; i++) {
      double raw = entries[at + size + i];
      rawSquares[i] += raw * raw;
    }
    for (int i = 0; i < Frame.FEATURES; i++) {
      for (int j = 0; j <= i; j++) {
        products[Spread.place(i, j)] += (double) entries[at + i] * entries[at + j];
      }
    }
    for (int i = Frame.FEATURES; i < size; i++) {
      products[Spread.place(i)] += (double) entries[at + i] * entries[at + i];
    }
    frames++;
  }

  /** Mean and spread of at least one frame. */
  PairInput gesture(String scaling, List<String> senses) {
    float[] mean = new float[2 * size];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / frames);
    }
    return new PairInput(
        Arrays.copyOf(mean, size),
        Arrays.copyOfRange(mean, size, mean.length),
        scaling,
        senses,
        frames,
        frames == 1 ? Spread.UNKNOWN : spread());
  }

  private Spread spread() {
    float[] covariance = new float[products.length];
    float[] rawDeviation = new float[size];
    for (int i = 0; i < Frame.FEATURES; i++) {
      for (int j = 0; j < i; j++) {
        covariance[Spread.place(i, j)] = (float) covariance(products[Spread.place(i, j)], i, j);
      }
    }
    for (int i = 0; i < size; i++) {
      int place = Spread.place(i);
      covariance[place] = (float) Math.max(0, covariance(products[place], i, i));
      double variance = covariance(rawSquares[i], size + i, size + i);
      rawDeviation[i] = (float) Math.sqrt(Math.max(0, variance));
    }
    return new Spread(covariance, rawDeviation);
  }

  private double covariance(double product, int i, int j) {
    return (product - sum[i] * sum[j] / frames) / frames;
  }
}
