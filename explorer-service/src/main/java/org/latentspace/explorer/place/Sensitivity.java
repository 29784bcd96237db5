package org.latentspace.explorer.place;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.mapping.MappingRunner;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;

/**
 * Which input moves which output, where the performer plays now.
 *
 * @param senses names of the inputs
 * @param outputs names of the outputs
 * @param slope d output / d input, row by row: one row for each output
 * @param mapping its version
 */
public record Sensitivity(
    List<String> senses, List<String> outputs, double[] slope, String mapping) {

  /** Where the mapping heard the newest frame. */
  static Sensitivity of(MappingRunner listening, Outputs reading, List<Route> routes) {
    TaughtMapping mapping = listening.mapping();
    MappingNetwork network = mapping.network();
    double[] input = new double[network.inputs()];
    List<String> senses = new ArrayList<>(mapping.senses());
    for (int i = 0; i < input.length; i++) {
      input[i] = listening.inputs()[i];
      if (senses.size() == i) {
        senses.add(i < Frame.FEATURES ? Frame.FEATURE_NAMES.get(i) : "input-" + (i + 1));
      }
    }
    List<String> outputs =
        mapping.outputs().isEmpty() ? reading.names(network.outputs(), routes) : mapping.outputs();
    return new Sensitivity(senses, outputs, slopes(network, input), mapping.version());
  }

  /**
   * d output / d input at one place: the Jacobian matrix by the chain rule, exact up to rounding.
   *
   * @param input as many as the network has inputs
   * @return row by row, one row of inputs for each output
   */
  static double[] slopes(MappingNetwork network, double[] input) {
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
