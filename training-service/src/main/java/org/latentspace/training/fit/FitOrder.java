package org.latentspace.training.fit;

import java.util.Arrays;
import java.util.List;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingNetwork;

/**
 * One fit, as rows of numbers.
 *
 * @param pairs 1 or more: the first rows are theirs, and what is said of losses and errors is of
 *     them
 * @param inputs a row for each pair, then any that are drawn about them and count in learning alone
 * @param targets as many rows, each value 0..1
 * @param epochs 1 or more
 * @param from the network to go on from, of the same shape; null: begin anew
 */
public record FitOrder(
    int pairs,
    float[][] inputs,
    float[][] targets,
    List<Integer> hidden,
    ActivationFunction activation,
    int epochs,
    double learningRate,
    long seed,
    MappingNetwork from) {
  public FitOrder {
    hidden = List.copyOf(hidden);
  }

  /** The pairs alone. */
  public FitOrder(
      float[][] inputs,
      float[][] targets,
      List<Integer> hidden,
      ActivationFunction activation,
      int epochs,
      double learningRate,
      long seed,
      MappingNetwork from) {
    this(inputs.length, inputs, targets, hidden, activation, epochs, learningRate, seed, from);
  }

  /** The rows of the pairs. */
  float[][] pairInputs() {
    return Arrays.copyOf(inputs, pairs);
  }

  float[][] pairTargets() {
    return Arrays.copyOf(targets, pairs);
  }
}
