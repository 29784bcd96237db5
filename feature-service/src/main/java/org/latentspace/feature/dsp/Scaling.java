package org.latentspace.feature.dsp;

/**
 * Maps the ten raw values to 0..1, in the order of the vector: ambitus, density, rms, centroid,
 * spread, skewness, kurtosis, rolloff, flatness, crest. Whatever comes in, the result is finite and
 * within 0..1.
 */
public final class Scaling {
  /** How many values there are. */
  public static final int SIZE = 10;

  /**
   * The scaling of the Latent Space Explorer device, a low and a high per entry: semitones/24,
   * onsets (75 ms over the mean inter-onset time, so 0..13.33 a second), rms/0.2, Hz/10000 for
   * centroid and spread, skewness/10, kurtosis/100, Hz/20000, (dB + 40)/80, dB/100.
   */
  public static final Scaling LSE =
      new Scaling(
          "lse",
          new double[] {0, 0, 0, 0, 0, 0, 0, 0, -40, 0},
          new double[] {24, 1 / 0.075, 0.2, 10_000, 10_000, 10, 100, 20_000, 40, 100},
          0,
          1);

  private static final double AUTO_LOW = 0.1;
  private static final double AUTO_HIGH = 0.9;

  private final String name;
  private final double[] offset;
  private final double[] factor;

  private Scaling(String name, double[] low, double[] high, double outLow, double outHigh) {
    this.name = name;
    offset = new double[SIZE];
    factor = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      factor[i] = (outHigh - outLow) / (high[i] - low[i]);
      offset[i] = outLow - low[i] * factor[i];
    }
  }

  /**
   * Auto-range: low[i]..high[i] (the 5th and 95th percentile of a rehearsal take, in raw units)
   * become 0.1..0.9. Ten finite entries each, low below high.
   */
  public static Scaling autoRange(String name, double[] low, double[] high) {
    if (low.length != SIZE || high.length != SIZE) {
      throw new IllegalArgumentException("a scaling has " + SIZE + " ranges");
    }
    for (int i = 0; i < SIZE; i++) {
      if (!Double.isFinite(low[i]) || !Double.isFinite(high[i]) || low[i] >= high[i]) {
        throw new IllegalArgumentException(
            "range " + low[i] + ".." + high[i] + " of entry " + i + " is empty");
      }
    }
    return new Scaling(name, low.clone(), high.clone(), AUTO_LOW, AUTO_HIGH);
  }

  /** Entry i of the vector, 0..1. */
  public double scale(int i, double raw) {
    double scaled = raw * factor[i] + offset[i];
    if (scaled >= 1) {
      return 1;
    }
    // NaN fails this comparison, too.
    return scaled > 0 ? scaled : 0;
  }

  /** "lse", or the performer whose take gave the ranges. */
  public String name() {
    return name;
  }
}
