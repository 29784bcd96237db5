package org.latentspace.training.fit;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;

/**
 * Fits mappings: all pairs at once in every epoch, cross entropy between outputs and targets, whose
 * gradient does not vanish where an output stands at the wrong end.
 *
 * <p>Where the loss stays bad although the network could place the pairs, it begins again from
 * other weights and keeps the best, within a bound of epochs: which weights, and how often, depends
 * on the order alone. So the same order gives the same bytes on the same machine.
 */
public final class Learner {
  private static final double MARGIN = 1.05;
  private static final double LEAST_LOSS = 1e-3;
  // Four pairs' loss where one output of one of them is 0.13 off.
  private static final double BAD_LOSS = 1e-3;
  // What a fit may take in all where it begins again, about a second: epochs, and weights x rows x
  // epochs of one beginning.
  private static final int MOST_EPOCHS = 1050;
  private static final int MOST_BEGINNINGS = 5;
  private static final double MOST_WORK = 1.5e8;
  // So many units place one pair more wherever it is wanted, and two more mostly.
  private static final int PAIRS_BEYOND_UNITS = 2;

  /**
   * Fits; returns null where it is not wanted any more, within an epoch.
   *
   * @throws FitFault that says why there is no mapping
   */
  public FitResult fit(FitOrder order, Progress progress) throws FitFault {
    long began = System.nanoTime();
    float[][] taught = Arrays.copyOf(order.inputs(), order.pairs());
    float[][] targets = Arrays.copyOf(order.targets(), order.pairs());
    InputScale scale = InputScale.of(taught);
    MappingNetwork start = order.from() == null ? drawn(order, 0) : scale.inward(order.from());
    int beginnings = 1;
    GradientDescent descent = new GradientDescent(order, scale.scaled(order.inputs()), progress);
    GradientDescent.End best = descent.from(start, Double.POSITIVE_INFINITY);
    int most = beginnings(order);
    int epochs = order.plan().epochs();
    while (best != null
        && best.loss() > BAD_LOSS
        && beginnings < most
        && epochs + order.plan().epochs() <= MOST_EPOCHS) {
      GradientDescent.End next = again(descent, drawn(order, beginnings), order.plan().epochs());
      beginnings++;
      epochs += next == null ? 0 : next.epochs();
      best = next == null || next.loss() < best.loss() ? next : best;
    }
    if (best == null) {
      return null;
    }
    MappingNetwork learned = scale.outward(best.network());
    double loss = FitResult.loss(learned, taught, targets);
    requireLearned(FitResult.loss(scale.outward(start), taught, targets), loss, targets);
    List<Double> errors = new ArrayList<>();
    for (int row = 0; row < taught.length; row++) {
      errors.add(FitResult.error(learned, taught[row], targets[row]));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new FitResult(learned, loss, best.curve(), errors, beginnings, seconds);
  }

  /**
   * How often this order may be begun: more than once only where a network of its own weights could
   * place all pairs, and where that is quick.
   */
  private static int beginnings(FitOrder order) {
    long places =
        Arrays.stream(order.targets(), 0, order.pairs()).map(FloatBuffer::wrap).distinct().count();
    List<Integer> hidden = order.plan().hidden();
    int units = hidden.get(hidden.size() - 1);
    int weights = order.plan().weights(order.inputs()[0].length, order.targets()[0].length);
    double work = (double) weights * order.inputs().length * order.plan().epochs();
    boolean mayBeBetter = order.from() == null && places <= units + PAIRS_BEYOND_UNITS;
    return mayBeBetter && work <= MOST_WORK ? MOST_BEGINNINGS : 1;
  }

  /** From other weights; one that runs away has come to nothing. */
  private static GradientDescent.End again(
      GradientDescent descent, MappingNetwork start, int epochs) {
    try {
      return descent.from(start, BAD_LOSS);
    } catch (FitFault ranAway) {
      return new GradientDescent.End(null, Double.POSITIVE_INFINITY, List.of(), epochs);
    }
  }

  /**
   * Draws the weights that a fit begins with (Glorot and Bengio 2010, normal); biases are 0. The
   * same seed gives the same weights everywhere.
   *
   * @param number of the beginning: 0 for the order's own seed, 1, 2, ... for seeds drawn from it
   */
  private static MappingNetwork drawn(FitOrder order, int number) {
    long seed = order.plan().seed();
    Random seeds = new Random(~seed);
    for (int i = 0; i < number; i++) {
      seed = seeds.nextLong();
    }
    Random chance = new Random(seed);
    List<MappingLayer> layers = new ArrayList<>();
    int from = order.inputs()[0].length;
    for (int units : order.plan().hidden()) {
      layers.add(layer(order.plan().activation(), from, units, chance));
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

  /**
   * A mapping that is worse than always answering the same has learned nothing.
   *
   * @param first the loss that the fit began with
   */
  private static void requireLearned(double first, double loss, float[][] targets) throws FitFault {
    double still = constant(targets);
    if (!(loss <= MARGIN * still + LEAST_LOSS)) {
      boolean fell = loss <= first;
      throw new FitFault(
          String.format(
              Locale.ROOT,
              "the fit %s: loss %.4f at first, %.4f at the end, while the targets' mean alone has"
                  + " %.4f; a %s learning_rate or more epochs help",
              fell ? "has learnt too little" : "ran away",
              first,
              loss,
              still,
              fell ? "larger" : "smaller"));
    }
  }

  /** Mean squared error of the targets' mean. */
  private static double constant(float[][] targets) {
    double sum = 0;
    for (int out = 0; out < targets[0].length; out++) {
      double mean = 0;
      for (float[] row : targets) {
        mean += row[out] / (double) targets.length;
      }
      for (float[] row : targets) {
        sum += (row[out] - mean) * (row[out] - mean);
      }
    }
    return sum / targets.length / targets[0].length;
  }

  /**
   * Moves and stretches the inputs while a network learns, so that it does so as fast whatever part
   * of 0..1 the pairs lie in; the first layer takes it over at the end. One stretch for all inputs:
   * which of them differ most stays as it is.
   */
  private static final class InputScale {
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
}
