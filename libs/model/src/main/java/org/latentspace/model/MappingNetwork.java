package org.latentspace.model;

import java.util.List;

/**
 * A taught network of dense layers; it never changes, so performers that begin with the same one
 * may share it. {@link MappingPredictor} runs it without allocating.
 *
 * @param layers at least one; the outputs of each are the inputs of the next
 */
public record MappingNetwork(List<MappingLayer> layers) {

  public MappingNetwork {
    layers = List.copyOf(layers);
  }

  public int inputs() {
    return layers.get(0).inputs();
  }

  public int outputs() {
    return layers.get(layers.size() - 1).outputs();
  }

  /** Number of weights and biases. */
  public int weights() {
    return layers.stream().mapToInt(layer -> (layer.inputs() + 1) * layer.outputs()).sum();
  }

  /** Outputs for an input of {@link #inputs()} values. */
  public double[] predict(float[] input) {
    double[] outputs = new double[outputs()];
    new MappingPredictor(this).predict(input, outputs);
    return outputs;
  }

  /** The widest row of values that a forward pass needs. */
  int widest() {
    int widest = inputs();
    for (MappingLayer layer : layers) {
      widest = Math.max(widest, layer.outputs());
    }
    return widest;
  }
}
