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
    Adam adam = new Adam(order.learningRate(), weights.length);
    progress.begin();
    boolean isQuick = (double) weights.length * order.pairs() <= PROGRESS_WORK;
    int points = points(weights.length);
    List<Double> curve = new ArrayList<>();
    double loss = 0;
    for (int epoch = 1; epoch <= order.epochs(); epoch++) {
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
      if (epoch == order.epochs() / 2 && gradients.loss(weights) > halfWay) {
        return new End(null, Double.POSITIVE_INFINITY, curve, epoch);
      }
    }
    return new End(gradients.network(weights), loss, curve, order.epochs());
  }

  private int points(int weights) {
    double affordable = CURVE_WORK / ((double) weights * order.inputs().length);
    int most = (int) Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, affordable));
    return Math.min(order.epochs(), most);
  }

  /** The epoch of a point: the first of them is 1, the last is the last epoch. */
  private int due(int point, int points) {
    int epochs = order.epochs();
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
}
