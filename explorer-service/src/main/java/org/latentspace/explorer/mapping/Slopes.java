package org.latentspace.explorer.mapping;

import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;

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
  public static double[] of(MappingNetwork network, double[] input) {
    int inputs = network.inputs();
    double[] values = input.clone();
    // slopes[unit * inputs + i]: d unit / d input i; at first each input is itself.
    double[] slopes = new double[inputs * inputs];
    for (int i = 0; i < inputs; i++) {
      slopes[i * inputs + i] = 1;
    }
    for (MappingLayer layer : network.layers()) {
      double[] made = new double[layer.outputs()];
      layer.forward(values, made);
      double[] next = new double[layer.outputs() * inputs];
      for (int in = 0; in < layer.inputs(); in++) {
        for (int out = 0; out < layer.outputs(); out++) {
          double weight = layer.weights()[in][out];
          for (int i = 0; i < inputs; i++) {
            next[out * inputs + i] += weight * slopes[in * inputs + i];
          }
        }
      }
      values = made;
      for (int out = 0; out < layer.outputs(); out++) {
        double slope = layer.activation().derivative(made[out]);
        for (int i = 0; i < inputs; i++) {
          next[out * inputs + i] *= slope;
        }
      }
      slopes = next;
    }
    return slopes;
  }
}
