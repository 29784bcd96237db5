package org.latentspace.training.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latentspace.model.MappingNetwork;

/**
 * Lets networks learn what one order says, from one beginning after another, by Adam over all rows
 * at once.
 */
final class GradientDescent {
  private static final int MOST_POINTS = 200;
  private static final int FEWEST_POINTS = 10;
  // Weights x pairs that are gone through for the points of the curve, beside the fit itself.
  private static final double CURVE_WORK = 4e6;
  // Weights x pairs whose loss may be computed for the sake of progress alone: a millisecond.
  private static final double PROGRESS_WORK = 1e6;
  private static final float MOST_WEIGHT = 1e5f;

  private final FitOrder order;
  private final Progress progress;
  private final Gradients gradients;

  /**
   * Where a network has come to.
   *
   * @param network for scaled inputs
   * @param loss of the pairs; infinite where it was given up half way
   * @param curve of the loss
   * @param epochs that it took
   */
  record End(MappingNetwork network, double loss, List<Double> curve, int epochs) {}

  /**
   * @param scaledInputs those of the order, centred and stretched
   */
  GradientDescent(FitOrder order, float[][] scaledInputs, Progress progress) {
    this.order = order;
    this.progress = progress;
    gradients = new Gradients(order, scaledInputs);
  }

  /**
   * Learns from these weights on; null where it is not wanted any more.
   *
   * @param halfWay the loss that must be reached when half of the epochs are over, else it is given
   *     up
   * @throws FitFault where it runs away
   */
  End from(MappingNetwork start, double halfWay) throws FitFault {
    float[] weights = gradients.flat(start);
    Adam adam = new Adam(order.plan().learningRate(), weights.length);
    progress.begin();
    boolean isQuick = (double) weights.length * order.pairs() <= PROGRESS_WORK;
    int points = points(weights.length);
    List<Double> curve = new ArrayList<>();
    double loss = 0;
    for (int epoch = 1; epoch <= order.plan().epochs(); epoch++) {
      if (!progress.isWanted()) {
        return null;
      }
      adam.step(weights, gradients.at(weights));
      if (epoch == due(curve.size(), points)) {
        requireSound(weights, epoch);
        loss = gradients.loss(weights);
        curve.add(loss);
      }
      if (progress.isDue()) {
        loss = isQuick ? gradients.loss(weights) : loss;
        progress.tell(epoch, loss);
      }
      if (epoch == order.plan().epochs() / 2 && gradients.loss(weights) > halfWay) {
        return new End(null, Double.POSITIVE_INFINITY, curve, epoch);
      }
    }
    return new End(gradients.network(weights), loss, curve, order.plan().epochs());
  }

  private int points(int weights) {
    double affordable = CURVE_WORK / ((double) weights * order.inputs().length);
    int most = (int) Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, affordable));
    return Math.min(order.plan().epochs(), most);
  }

  /** The epoch of a point: the first of them is 1, the last is the last epoch. */
  private int due(int point, int points) {
    int epochs = order.plan().epochs();
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

  /** Adam (Kingma and Ba 2015). */
  private static final class Adam {
    private static final double MEAN_DECAY = 0.9;
    private static final double SQUARE_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private final double rate;
    private final double[] mean;
    private final double[] square;
    private double meanLeft = 1;
    private double squareLeft = 1;

    Adam(double rate, int weights) {
      this.rate = rate;
      mean = new double[weights];
      square = new double[weights];
    }

    /** Takes one step against the gradient. */
    void step(float[] weights, float[] gradient) {
      meanLeft *= MEAN_DECAY;
      squareLeft *= SQUARE_DECAY;
      double length = rate * Math.sqrt(1 - squareLeft) / (1 - meanLeft);
      for (int i = 0; i < weights.length; i++) {
        double slope = gradient[i];
        mean[i] += (1 - MEAN_DECAY) * (slope - mean[i]);
        square[i] += (1 - SQUARE_DECAY) * (slope * slope - square[i]);
        weights[i] -= (float) (length * mean[i] / (Math.sqrt(square[i]) + EPSILON));
      }
    }
  }
}
