package org.latentspace.training.fit;

import java.util.List;

/** A mapping's network, first layer first. */
public record MappingNetwork(List<MappingLayer> layers) {
  public MappingNetwork {
    layers = List.copyOf(layers);
  }

  /** What it makes of an input; as many values as the last layer has outputs. */
  public double[] predict(float[] input) {
    double[] values = new double[input.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = input[i];
    }
    for (MappingLayer layer : layers) {
      values = layer.pass(values);
    }
    return values;
  }

  /** Weights and biases. */
  int weights() {
    return layers.stream().mapToInt(layer -> (layer.inputs() + 1) * layer.outputs()).sum();
  }

  /** Whether it has these inputs, hidden layers of this curve, and outputs. */
  boolean isShaped(int inputs, List<Integer> hidden, Curve curve, int outputs) {
    if (layers.size() != hidden.size() + 1 || layers.get(0).inputs() != inputs) {
      return false;
    }
    for (int i = 0; i < hidden.size(); i++) {
      MappingLayer layer = layers.get(i);
      if (layer.outputs() != hidden.get(i) || layer.curve() != curve) {
        return false;
      }
    }
    MappingLayer last = layers.get(hidden.size());
    return last.outputs() == outputs && last.curve() == Curve.SIGMOID;
  }
}
