package org.latentspace.training.fit;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;

/**
 * Moves and stretches the inputs while a network learns, so that it does so as fast whatever part
 * of 0..1 the pairs lie in; the first layer takes it over at the end. One stretch for all inputs:
 * which of them differ most stays as it is.
 */
final class InputScale {
  private static final double LEAST_SPREAD = 0.05;

  private final double[] centre;
  private final double spread;

  private InputScale(double[] centre, double spread) {
    this.centre = centre;
    this.spread = spread;
  }

  /** Of the inputs' mean, and the root of their mean variance. */
  static InputScale of(float[][] inputs) {
    double[] centre = new double[inputs[0].length];
    for (float[] row : inputs) {
      for (int i = 0; i < centre.length; i++) {
        centre[i] += row[i] / (double) inputs.length;
      }
    }
    double sum = 0;
    for (float[] row : inputs) {
      for (int i = 0; i < centre.length; i++) {
        sum += (row[i] - centre[i]) * (row[i] - centre[i]);
      }
    }
    double variance = sum / inputs.length / centre.length;
    return new InputScale(centre, Math.max(LEAST_SPREAD, Math.sqrt(variance)));
  }

  float[][] scaled(float[][] inputs) {
    float[][] rows = new float[inputs.length][centre.length];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < centre.length; i++) {
        rows[row][i] = (float) ((inputs[row][i] - centre[i]) / spread);
      }
    }
    return rows;
  }

  /** The network for inputs as they are, of one for scaled inputs. */
  MappingNetwork outward(MappingNetwork network) {
    return moved(network, 1 / spread, -1 / spread);
  }

  /** The network for scaled inputs, of one for inputs as they are. */
  MappingNetwork inward(MappingNetwork network) {
    return moved(network, spread, 1);
  }

  private MappingNetwork moved(MappingNetwork network, double stretch, double shift) {
    List<MappingLayer> layers = new ArrayList<>(network.layers());
    MappingLayer layer = layers.get(0);
    double[][] weights = new double[layer.inputs()][layer.outputs()];
    double[] biases = new double[layer.outputs()];
    for (int out = 0; out < biases.length; out++) {
      double bias = layer.biases()[out];
      for (int in = 0; in < weights.length; in++) {
        bias += shift * centre[in] * layer.weights()[in][out];
        weights[in][out] = (float) (stretch * layer.weights()[in][out]);
      }
      biases[out] = (float) bias;
    }
    layers.set(0, new MappingLayer(layer.activation(), weights, biases));
    return new MappingNetwork(layers);
  }
}
