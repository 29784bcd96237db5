package org.latentspace.vae.latent;

/**
 * Gaussian deviates around the place: the same for the same seed, performer and moment.
 *
 * <p>They are drawn for an interval of sound time, not for a point, and depend on nothing before
 * it: the rhythm is steady between two draws, and a dropped point changes no later draw.
 */
public final class Noise {
  static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double NANOS_PER_MS = 1e6;
  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  private final long base;
  private final long intervalNanos;
  private final double[] deviates;
  private long drawn = -1;

  /**
   * For one performer.
   *
   * @param seed of the whole service
   * @param performer whose noise this is
   * @param intervalMs sound time between two draws, 1 or more
   * @param size number of dimensions
   */
  public Noise(long seed, String performer, int intervalMs, int size) {
    this.base = mix(seed + GOLDEN) ^ hash(performer);
    this.intervalNanos = (long) (intervalMs * NANOS_PER_MS);
    this.deviates = new double[size];
  }

  /** The deviate (mean 0, standard deviation 1) of one dimension at a moment of sound time. */
  public double at(long soundNanos, int dimension) {
    long interval = Long.divideUnsigned(soundNanos, intervalNanos);
    if (interval != drawn) {
      draw(interval);
    }
    return deviates[dimension];
  }

  /** Box and Muller 1958, in StrictMath so that every machine draws the same. */
  private void draw(long interval) {
    long state = mix(base + interval * GOLDEN);
    for (int d = 0; d < deviates.length; d++) {
      state += GOLDEN;
      double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(mix(state))));
      state += GOLDEN;
      deviates[d] = radius * StrictMath.cos(2 * Math.PI * uniform(mix(state)));
    }
    drawn = interval;
  }

  /** 0 (excluded) to 1 (included). */
  static double uniform(long bits) {
    return ((bits >>> 11) + 1) * TWO_TO_MINUS_53;
  }

  /** SplitMix64's finaliser (Steele, Lea, Flood 2014). */
  static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** FNV-1a over the name's characters. */
  static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  /**
   * What the noise of all performers has in common.
   *
   * @param seed the same seed, performers and points give the same rhythms
   * @param noiseIntervalMs sound time between two draws, 1 or more
   */
  public record NoiseSettings(long seed, int noiseIntervalMs) {}
}
