package org.latentspace.explorer.place;

import java.util.List;
import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.mapping.Network;
import org.latentspace.explorer.mapping.Slopes;

/**
 * Which input moves which output, where the performer plays now.
 *
 * @param senses names of the inputs
 * @param outputs names of the outputs
 * @param slope d output / d input, row by row: one row for each output
 */
public record Sensitivity(List<String> senses, List<String> outputs, double[] slope) {

  /** At the frame's first entries, as many as the network has inputs. */
  static Sensitivity of(Network network, Frame frame, List<String> outputs) {
    double[] input = new double[network.inputs()];
    for (int i = 0; i < input.length; i++) {
      input[i] = frame.vector()[i];
    }
    return new Sensitivity(
        frame.names().subList(0, input.length), outputs, Slopes.of(network, input));
  }
}
