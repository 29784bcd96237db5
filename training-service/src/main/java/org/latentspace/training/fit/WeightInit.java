package org.latentspace.training.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;

/** Draws the weights that a fit begins with (Glorot and Bengio 2010, normal); biases are 0. */
final class WeightInit {
  private WeightInit() {}

  /**
   * The same seed gives the same weights everywhere.
   *
   * @param number of the beginning: 0 for the order's own seed, 1, 2, ... for seeds drawn from it
   */
  static MappingNetwork of(FitOrder order, int number) {
    long seed = order.seed();
    Random seeds = new Random(~seed);
    for (int i = 0; i < number; i++) {
      seed = seeds.nextLong();
    }
    Random chance = new Random(seed);
    List<MappingLayer> layers = new ArrayList<>();
    int from = order.inputs()[0].length;
    for (int units : order.hidden()) {
      layers.add(layer(order.activation(), from, units, chance));
      from = units;
    }
    layers.add(layer(ActivationFunction.SIGMOID, from, order.targets()[0].length, chance));
    return new MappingNetwork(layers);
  }

  private static MappingLayer layer(
      ActivationFunction activation, int inputs, int outputs, Random chance) {
    double width = Math.sqrt(2.0 / (inputs + outputs));
    double[][] weights = new double[inputs][outputs];
    for (double[] row : weights) {
      for (int out = 0; out < outputs; out++) {
        row[out] = (float) (width * chance.nextGaussian());
      }
    }
    return new MappingLayer(activation, weights, new double[outputs]);
  }
}
