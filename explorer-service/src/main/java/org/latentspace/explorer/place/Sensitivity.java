package org.latentspace.explorer.place;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.mapping.MappingRunner;
import org.latentspace.explorer.mapping.Slopes;
import org.latentspace.explorer.mapping.TaughtMapping;
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
    return new Sensitivity(senses, outputs, Slopes.of(network, input), mapping.version());
  }
}
