package org.latentspace.model;

/**
 * One dense layer of a mapping, in double as FluCoMa computes: activation(input · weights +
 * biases).
 *
 * @param weights inputs x outputs, {@code weights[in][out]} as FluCoMa writes them; never written
 *     to
 * @param biases one for each output; never written to
 */
public record MappingLayer(ActivationFunction activation, double[][] weights, double[] biases) {

  /** At least 1. */
  public int inputs() {
    return weights.length;
  }

  /** At least 1. */
  public int outputs() {
    return biases.length;
  }

  /**
   * Computes the outputs; allocates nothing.
   *
   * @param input at least as long as there are inputs
   * @param output at least as long as there are outputs, which are written to its beginning
   */
  public void forward(double[] input, double[] output) {
    int outputs = biases.length;
    System.arraycopy(biases, 0, output, 0, outputs);
    for (int i = 0; i < weights.length; i++) {
      double value = input[i];
      double[] row = weights[i];
      for (int o = 0; o < outputs; o++) {
        output[o] += value * row[o];
      }
    }
    activation.apply(output, outputs);
  }
}
