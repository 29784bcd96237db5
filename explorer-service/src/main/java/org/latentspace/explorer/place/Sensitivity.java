package org.latentspace.explorer.place;

import java.util.List;
import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.mapping.Slopes;
import org.latentspace.explorer.mapping.TaughtMapping;

/**
 * Which input moves which output, where the performer plays now.
 *
 * @param senses names of the inputs
 * @param outputs names of the outputs
 * @param slope d output / d input, row by row: one row for each output
 */
public record Sensitivity(List<String> senses, List<String> outputs, double[] slope) {

  /** Where a mapping is fed with these inputs. */
  static Sensitivity of(TaughtMapping mapping, float[] inputs, Frame frame, List<String> outputs) {
    double[] input = new double[inputs.length];
    for (int i = 0; i < input.length; i++) {
      input[i] = inputs[i];
    }
    List<String> senses =
        mapping.isNamed()
            ? mapping.senses()
            : frame.names().subList(0, Math.min(input.length, frame.names().size()));
    return new Sensitivity(senses, outputs, Slopes.of(mapping.network(), input));
  }
}
