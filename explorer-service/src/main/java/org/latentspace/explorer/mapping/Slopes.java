package org.latentspace.explorer.mapping;

import java.util.Arrays;

/**
 * How a network's outputs move with its inputs, at one place: the Jacobian matrix by the chain
 * rule, exact up to rounding.
 */
public final class Slopes {
  private Slopes() {}

  /**
   * d output / d input.
   *
   * @param input as many as the network has inputs
   * @return row by row, one row of inputs for each output
   */
  public static double[] of(Network network, double[] input) {
    int inputs = network.inputs();
    double[] values = input.clone();
    // slopes[unit * inputs + i]: d unit / d input i; at first each input is itself.
    double[] slopes = new double[inputs * inputs];
    for (int i = 0; i < inputs; i++) {
      slopes[i * inputs + i] = 1;
    }
    for (Layer layer : network.layers()) {
      double[] sums = sums(layer, values);
      double[] next = new double[layer.outputs() * inputs];
      for (int in = 0; in < layer.inputs(); in++) {
        for (int out = 0; out < layer.outputs(); out++) {
          double weight = layer.weights()[in][out];
          for (int i = 0; i < inputs; i++) {
            next[out * inputs + i] += weight * slopes[in * inputs + i];
          }
        }
      }
      values = sums.clone();
      layer.activation().apply(values, values.length);
      for (int out = 0; out < layer.outputs(); out++) {
        double slope = slope(layer.activation(), sums[out], values[out]);
        for (int i = 0; i < inputs; i++) {
          next[out * inputs + i] *= slope;
        }
      }
      slopes = next;
    }
    return slopes;
  }

  private static double[] sums(Layer layer, double[] values) {
    double[] sums = Arrays.copyOf(layer.biases(), layer.outputs());
    for (int in = 0; in < layer.inputs(); in++) {
      for (int out = 0; out < sums.length; out++) {
        sums[out] += values[in] * layer.weights()[in][out];
      }
    }
    return sums;
  }

  private static double slope(Activation activation, double sum, double value) {
    return switch (activation) {
      case IDENTITY -> 1;
      case SIGMOID -> value * (1 - value);
      case RELU -> sum > 0 ? 1 : 0;
      case TANH -> 1 - value * value;
    };
  }
}
