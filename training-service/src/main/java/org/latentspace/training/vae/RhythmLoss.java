package org.latentspace.training.vae;

/**
 * The masked loss of the rhythm VAE and its gradient, in plain arrays.
 *
 * <p>A row of the network's output is [onset, velocity, offset (cells each), mean, log-variance
 * (latent size each)], all before their activations; a row of the target is [onset, velocity,
 * offset, prior's centre, prior's log-variance]. The loss of a row is the binary cross-entropy of
 * the onsets + the weighted squared errors of velocity and offset where the target has an onset
 * (those of the offset straight instead of squared beyond an edge d, where there is one: 2 d²
 * (sqrt(1 + e² / d²) - 1), Charbonnier and others 1997) + beta · KL from N(mean, variance) to
 * N(centre, 1) (Kingma and Welling 2014, appendix B).
 */
public final class RhythmLoss {

  /** Beyond this the exponential of a log-variance would run away in the first steps. */
  private static final double LOG_VARIANCE_LIMIT = 10;

  private final int cells;
  private final int latent;
  private final HyperParameters.Weights weights;
  private final double edge;
  private double beta;
  private double onset;
  private double velocity;
  private double offset;
  private double divergence;
  private long rows;

  public RhythmLoss(int cells, int latent, HyperParameters.Weights weights) {
    this.cells = cells;
    this.latent = latent;
    this.weights = weights;
    this.edge = weights.offsetEdge();
    this.beta = weights.beta();
  }

  /** Weighs the divergence by a share 0..1 of its weight from now on. */
  void warm(double share) {
    beta = share * weights.beta();
  }

  /** The sums that take() will make means of. */
  double[] sums() {
    return new double[] {onset, velocity, offset, divergence, rows};
  }

  /** Goes on with sums of earlier. */
  void goOn(double[] sums) {
    onset = sums[0];
    velocity = sums[1];
    offset = sums[2];
    divergence = sums[3];
    rows = (long) sums[4];
  }

  public int width() {
    return 3 * cells + 2 * latent;
  }

  /** Means of all rows since the last call, with the whole beta; starts anew. */
  public Losses take() {
    double n = Math.max(1, rows);
    double total =
        onset / n
            + weights.velocity() * (velocity / n)
            + weights.offset() * (offset / n)
            + weights.beta() * (divergence / n);
    Losses losses = new Losses(onset / n, velocity / n, offset / n, divergence / n, total);
    onset = velocity = offset = divergence = 0;
    rows = 0;
    return losses;
  }

  /**
   * Loss of one row starting at `at` in both arrays; overwrites the output there with the gradient.
   */
  public double row(float[] target, float[] output, int at) {
    double sum = cells(target, output, at) + latent(target, output, at + 3 * cells);
    rows++;
    return sum;
  }

  private double cells(float[] target, float[] output, int at) {
    double cross = 0;
    double velocityError = 0;
    double offsetError = 0;
    for (int i = at; i < at + cells; i++) {
      double x = output[i];
      float hit = target[i];
      double exp = Math.exp(-Math.abs(x));
      cross += Math.max(x, 0) - x * hit + Math.log(1 + exp);
      double p = x >= 0 ? 1 / (1 + exp) : exp / (1 + exp);
      output[i] = (float) (p - hit);
      int v = i + cells;
      int o = v + cells;
      if (hit > 0) {
        double loud = 1 / (1 + Math.exp(-output[v]));
        double error = loud - target[v];
        velocityError += error * error;
        output[v] = (float) (2 * weights.velocity() * error * loud * (1 - loud));
        double late = Math.tanh(output[o]);
        error = late - target[o];
        double far = edge == 0 ? 1 : Math.sqrt(1 + error * error / (edge * edge));
        offsetError += edge == 0 ? error * error : 2 * edge * edge * (far - 1);
        output[o] = (float) (2 * weights.offset() * error / far * (1 - late * late));
      } else {
        output[v] = 0;
        output[o] = 0;
      }
    }
    onset += cross;
    velocity += velocityError;
    offset += offsetError;
    return cross + weights.velocity() * velocityError + weights.offset() * offsetError;
  }

  private double latent(float[] target, float[] output, int at) {
    double sum = 0;
    for (int i = at; i < at + latent; i++) {
      double narrow = Math.exp(-target[i + latent]);
      double away = output[i] - target[i];
      double raw = output[i + latent];
      double log = Math.max(-LOG_VARIANCE_LIMIT, Math.min(LOG_VARIANCE_LIMIT, raw));
      double ratio = Math.exp(log) * narrow;
      sum += 0.5 * (ratio + away * away * narrow - 1 - Math.log(ratio));
      output[i] = (float) (beta * away * narrow);
      output[i + latent] = (float) (beta * 0.5 * (ratio - 1));
    }
    divergence += sum;
    return beta * sum;
  }
}
