package org.latentspace.vae.latent;

/**
 * Uniform deviates for the cells of a rhythm: the same for the same seed, performer and moment.
 *
 * <p>Like {@link Noise}, they are drawn for an interval of sound time and depend on nothing before
 * it: the rhythm is steady between two draws, and a dropped point changes no later draw.
 */
public final class UniformDraws {
  // Keeps apart from the noise what has the same seed and performer.
  private static final long APART = 0xD1CEL;
  private static final double NANOS_PER_MS = 1e6;
  private static final double TWO_TO_MINUS_53 = 0x1p-53;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

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
    this(mix(base(seed, performer) + APART), intervalMs);
  }

  private UniformDraws(long base, int intervalMs) {
    this.base = base;
    this.intervalNanos = (long) (intervalMs * NANOS_PER_MS);
  }

  /** Those of which the performer's {@link Noise} is made: others than the cells'. */
  static UniformDraws ofNoise(long seed, String performer, int intervalMs) {
    return new UniformDraws(base(seed, performer), intervalMs);
  }

  private static long base(long seed, String performer) {
    return mix(seed + GOLDEN) ^ hash(performer);
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
    state = mix(base + now * GOLDEN);
    return true;
  }

  /** A number of this interval above 0 and up to 1, one for each cell. */
  public double at(int cell) {
    return ((mix(state + (cell + 1) * GOLDEN) >>> 11) + 1) * TWO_TO_MINUS_53;
  }

  /** SplitMix64's finaliser (Steele, Lea, Flood 2014). */
  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** FNV-1a over the name's characters. */
  private static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }
}
