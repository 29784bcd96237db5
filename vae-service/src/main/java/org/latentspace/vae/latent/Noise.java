package org.latentspace.vae.latent;

/**
 * Gaussian deviates around the place: the same for the same seed, performer and moment.
 *
 * <p>They are drawn for an interval of sound time, not for a point, and depend on nothing before
 * it: the rhythm is steady between two draws, and a dropped point changes no later draw.
 */
public final class Noise {
  private final UniformDraws draws;
  private final double[] deviates;

  /**
   * For one performer.
   *
   * @param seed of the whole service
   * @param performer whose noise this is
   * @param intervalMs sound time between two draws, 1 or more
   * @param size number of dimensions
   */
  public Noise(long seed, String performer, int intervalMs, int size) {
    this.draws = UniformDraws.ofNoise(seed, performer, intervalMs);
    this.deviates = new double[size];
  }

  /** The deviate (mean 0, standard deviation 1) of one dimension at a moment of sound time. */
  public double at(long soundNanos, int dimension) {
    if (draws.turn(soundNanos)) {
      draw();
    }
    return deviates[dimension];
  }

  /** Box and Muller 1958, in StrictMath so that every machine draws the same. */
  private void draw() {
    for (int d = 0; d < deviates.length; d++) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(draws.at(2 * d)));
      deviates[d] = radius * StrictMath.cos(2 * Math.PI * draws.at(2 * d + 1));
    }
  }

  /**
   * What the noise of all performers has in common.
   *
   * @param seed the same seed, performers and points give the same rhythms
   * @param noiseIntervalMs sound time between two draws, 1 or more
   */
  public record NoiseSettings(long seed, int noiseIntervalMs) {}
}
