package org.latentspace.explorer.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;

class SensitivityTest {
  private static final double STEP = 1e-5;

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void agreesWithCentralDifferences(ActivationFunction activation) {
    SplittableRandom chance = new SplittableRandom(7);
    for (int[] sizes : new int[][] {{10, 3, 4}, {12, 7, 5, 16}, {10, 2}}) {
      MappingNetwork network = network(sizes, activation, chance);
      double[] input = chance.doubles(sizes[0]).toArray();
      double[] slopes = Sensitivity.slopes(network, input);
      int outputs = network.outputs();
      assertEquals(outputs * input.length, slopes.length);
      boolean some = false;
      for (int i = 0; i < input.length; i++) {
        double[] up = forward(network, input, i, STEP);
        double[] down = forward(network, input, i, -STEP);
        for (int o = 0; o < outputs; o++) {
          double difference = (up[o] - down[o]) / (2 * STEP);
          assertEquals(difference, slopes[o * input.length + i], 1e-6, activation + " " + o);
          some |= difference != 0;
        }
      }
      assertTrue(some);
    }
  }

  private static MappingNetwork network(
      int[] sizes, ActivationFunction hidden, SplittableRandom chance) {
    List<MappingLayer> layers = new ArrayList<>();
    for (int l = 1; l < sizes.length; l++) {
      double[][] weights = new double[sizes[l - 1]][sizes[l]];
      for (double[] row : weights) {
        for (int i = 0; i < row.length; i++) {
          row[i] = 2 * chance.nextDouble() - 1;
        }
      }
      double[] biases = chance.doubles(sizes[l], -0.5, 0.5).toArray();
      boolean last = l == sizes.length - 1;
      layers.add(
          new MappingLayer(last && l > 1 ? ActivationFunction.SIGMOID : hidden, weights, biases));
    }
    return new MappingNetwork(layers);
  }

  /** In double throughout, independently of the predictor. */
  private static double[] forward(MappingNetwork network, double[] input, int moved, double by) {
    double[] values = input.clone();
    values[moved] += by;
    for (MappingLayer layer : network.layers()) {
      double[] next = layer.biases().clone();
      for (int o = 0; o < next.length; o++) {
        for (int i = 0; i < values.length; i++) {
          next[o] += values[i] * layer.weights()[i][o];
        }
      }
      layer.activation().apply(next, next.length);
      values = next;
    }
    return values;
  }
}
