package org.latentspace.training.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Fits mappings with Deeplearning4j: all pairs at once in every epoch, cross entropy between
 * outputs and targets, whose gradient does not vanish where an output stands at the wrong end.
 *
 * <p>The same order gives the same bytes on the same machine, as long as one thread computes
 * (OMP_NUM_THREADS=1). For the process that fits: it loads native code.
 */
public final class Learner implements Fitter {
  private static final int MOST_POINTS = 200;
  private static final int FEWEST_POINTS = 10;
  // Weights x pairs that are gone through for the points of the curve, beside the fit itself.
  private static final double CURVE_WORK = 4e6;
  // Weights x pairs whose loss may be computed for the sake of progress alone: a millisecond.
  private static final double PROGRESS_WORK = 1e6;
  private static final float MOST_WEIGHT = 1e5f;
  private static final double MARGIN = 1.05;
  private static final double LEAST_LOSS = 1e-3;

  private final LongSupplier nanos;

  public Learner() {
    this(System::nanoTime);
  }

  /**
   * With a clock of its own.
   *
   * @param nanos what progress is told by; the mapping does not depend on it
   */
  Learner(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public FitResult fit(FitOrder order, Listener listener) throws FitFault {
    long began = System.nanoTime();
    float[][] taught = order.pairInputs();
    float[][] targets = order.pairTargets();
    InputScale scale = InputScale.of(taught);
    float[][] inputs = scale.scaled(order.inputs());
    float[][] scaled = Arrays.copyOf(inputs, order.pairs());
    List<Double> curve = new ArrayList<>();
    MappingNetwork learned;
    try (Gradients gradients = new Gradients(order, inputs)) {
      float[] weights = gradients.flat(start(order, scale));
      Adam adam = new Adam(order.learningRate(), weights.length);
      int points = points(order, weights.length);
      boolean isQuick = (double) weights.length * taught.length <= PROGRESS_WORK;
      Progress progress = new Progress(listener, nanos);
      double loss = 0;
      for (int epoch = 1; epoch <= order.epochs(); epoch++) {
        if (!listener.goesOn()) {
          return null;
        }
        adam.step(weights, gradients.at(weights));
        if (epoch == due(curve.size(), points, order.epochs())) {
          requireSound(weights, epoch);
          loss = FitResult.loss(gradients.network(weights), scaled, targets);
          curve.add(loss);
        }
        if (progress.isDue()) {
          loss = isQuick ? FitResult.loss(gradients.network(weights), scaled, targets) : loss;
          progress.tell(epoch, loss);
        }
      }
      learned = outward(gradients.network(weights), scale);
    }
    double loss = FitResult.loss(learned, taught, targets);
    requireLearned(loss, targets);
    List<Double> errors = new ArrayList<>();
    for (int row = 0; row < taught.length; row++) {
      errors.add(FitResult.error(learned, taught[row], targets[row]));
    }
    return new FitResult(learned, loss, curve, errors, (System.nanoTime() - began) / 1e9);
  }

  private static MappingNetwork start(FitOrder order, InputScale scale) {
    if (order.from() == null) {
      return Beginning.of(order);
    }
    List<MappingLayer> layers = new ArrayList<>(order.from().layers());
    layers.set(0, scale.inward(layers.get(0)));
    return new MappingNetwork(layers);
  }

  private static MappingNetwork outward(MappingNetwork network, InputScale scale) {
    List<MappingLayer> layers = new ArrayList<>(network.layers());
    layers.set(0, scale.outward(layers.get(0)));
    return new MappingNetwork(layers);
  }

  private static int points(FitOrder order, int weights) {
    double affordable = CURVE_WORK / ((double) weights * order.inputs().length);
    int most = (int) Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, affordable));
    return Math.min(order.epochs(), most);
  }

  /** The epoch of a point: the first of them is 1, the last is the last epoch. */
  private static int due(int point, int points, int epochs) {
    return points == 1 ? epochs : 1 + (int) ((long) point * (epochs - 1) / (points - 1));
  }

  private static void requireSound(float[] weights, int epoch) throws FitFault {
    for (float weight : weights) {
      if (!(Math.abs(weight) <= MOST_WEIGHT)) {
        throw new FitFault(
            String.format(
                Locale.ROOT,
                "the fit ran away: a weight of %g after epoch %d; a smaller learning_rate helps",
                weight,
                epoch));
      }
    }
  }

  /** A mapping that is worse than always answering the same has learned nothing. */
  private static void requireLearned(double loss, float[][] targets) throws FitFault {
    double still = constant(targets);
    if (!(loss <= MARGIN * still + LEAST_LOSS)) {
      throw new FitFault(
          String.format(
              Locale.ROOT,
              "the fit ran away: loss %.4f, while the targets' mean alone has %.4f; a smaller"
                  + " learning_rate or more epochs help",
              loss,
              still));
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
}
