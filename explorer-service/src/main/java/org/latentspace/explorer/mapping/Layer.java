package org.latentspace.explorer.mapping;

/**
 * One dense layer of a network: activation(input · weights + biases).
 *
 * @param weights inputs x outputs, {@code weights[in][out]} as FluCoMa writes them; never written
 *     to
 * @param biases one for each output; never written to
 */
public record Layer(Activation activation, double[][] weights, double[] biases) {

  /** At least 1. */
  public int inputs() {
    return weights.length;
  }

  /** At least 1. */
  public int outputs() {
    return biases.length;
  }
}
