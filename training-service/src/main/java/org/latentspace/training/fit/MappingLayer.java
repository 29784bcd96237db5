package org.latentspace.training.fit;

/**
 * One dense layer of a mapping: curve(input · weights + biases).
 *
 * @param weights inputs x outputs, {@code weights[in][out]}
 * @param biases one for each output
 */
public record MappingLayer(Curve curve, float[][] weights, float[] biases) {

  /** At least 1. */
  public int inputs() {
    return weights.length;
  }

  /** At least 1. */
  public int outputs() {
    return biases.length;
  }

  /** In double, as those compute that play it. */
  double[] pass(double[] input) {
    double[] sums = new double[outputs()];
    for (int out = 0; out < sums.length; out++) {
      sums[out] = biases[out];
    }
    for (int in = 0; in < weights.length; in++) {
      float[] row = weights[in];
      for (int out = 0; out < sums.length; out++) {
        sums[out] += input[in] * row[out];
      }
    }
    for (int out = 0; out < sums.length; out++) {
      sums[out] = curve.of(sums[out]);
    }
    return sums;
  }
}
