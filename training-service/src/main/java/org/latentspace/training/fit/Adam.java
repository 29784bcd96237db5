package org.latentspace.training.fit;

/** Adam (Kingma and Ba 2015). */
final class Adam {
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
