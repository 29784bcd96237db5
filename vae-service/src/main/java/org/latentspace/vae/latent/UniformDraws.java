package org.latentspace.vae.latent;

/**
 * Uniform deviates for the cells of a rhythm: the same for the same seed, performer and moment.
 *
 * <p>Like {@link Noise}, they are drawn for an interval of sound time and depend on nothing before
 * it: the rhythm is steady between two draws, and a dropped point changes no later draw.
 */
public final class UniformDraws {
  // Keeps apart from the noise's deviates what has the same seed and performer.
  private static final long APART = 0xD1CEL;
  private static final double NANOS_PER_MS = 1e6;

  private final long base;
  private final long intervalNanos;
  private long interval = -1;
  private long state;

  /**
   * For one performer.
   *
   * @param performer whose strokes are drawn
   * @param intervalMs sound time between two draws, 1 or more
   */
  public UniformDraws(long seed, String performer, int intervalMs) {
    this.base = Noise.mix((Noise.mix(seed + Noise.GOLDEN) ^ Noise.hash(performer)) + APART);
    this.intervalNanos = (long) (intervalMs * NANOS_PER_MS);
  }

  /**
   * Goes to a moment of sound time.
   *
   * @return whether another interval has begun there
   */
  public boolean turn(long soundNanos) {
    long now = Long.divideUnsigned(soundNanos, intervalNanos);
    if (now == interval) {
      return false;
    }
    interval = now;
    state = Noise.mix(base + now * Noise.GOLDEN);
    return true;
  }

  /** A number of this interval above 0 and up to 1, one for each cell. */
  public double at(int cell) {
    return Noise.uniform(Noise.mix(state + (cell + 1) * Noise.GOLDEN));
  }
}
