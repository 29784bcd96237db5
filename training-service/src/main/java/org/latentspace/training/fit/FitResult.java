package org.latentspace.training.fit;

import java.util.List;
import org.latentspace.model.MappingNetwork;

/**
 * What a fit has made.
 *
 * @param loss mean squared error over pairs and outputs at the end
 * @param curve the same at up to 200 epochs evenly spread, the first and the last among them
 * @param errors of each pair: root of its mean squared error over the outputs
 * @param beginnings from how many different weights it began; the best is kept
 * @param seconds of the fit alone
 */
public record FitResult(
    MappingNetwork network,
    double loss,
    List<Double> curve,
    List<Double> errors,
    int beginnings,
    double seconds) {
  public FitResult {
    curve = List.copyOf(curve);
    errors = List.copyOf(errors);
  }

  /** Root of the mean squared error of a network on one pair. */
  public static double error(MappingNetwork network, float[] input, float[] target) {
    double[] made = network.predict(input);
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      sum += (made[i] - target[i]) * (made[i] - target[i]);
    }
    return Math.sqrt(sum / target.length);
  }

  /** Mean squared error over pairs and outputs. */
  public static double loss(MappingNetwork network, float[][] inputs, float[][] targets) {
    double sum = 0;
    for (int row = 0; row < inputs.length; row++) {
      double error = error(network, inputs[row], targets[row]);
      sum += error * error;
    }
    return sum / inputs.length;
  }
}
