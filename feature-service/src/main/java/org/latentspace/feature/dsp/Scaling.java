package org.latentspace.feature.dsp;

import java.util.List;
import org.latentspace.performer.Features;

/**
 * Maps the ten raw values to 0..1, in the order of the vector: ambitus, density, rms, centroid,
 * spread, skewness, kurtosis, rolloff, flatness, crest. Whatever comes in, the result is finite and
 * within 0..1.
 */
public final class Scaling {
  /** How many values there are. */
  public static final int SIZE = 10;

  /** What they are called. */
  public static final List<String> NAMES = Features.NAMES;

  /** What the 5th and the 95th percentile of a rehearsal become. */
  public static final double AUTO_LOW = 0.1;

  public static final double AUTO_HIGH = 0.9;

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

  private final String name;
  private final double[] low;
  private final double[] high;
  private final double outLow;
  private final double outHigh;
  private final double[] offset = new double[SIZE];
  private final double[] factor = new double[SIZE];

  /**
   * low[i]..high[i] become outLow..outHigh. Ten finite entries each, low below high; 0 <= outLow <
   * outHigh <= 1; else an IllegalArgumentException.
   */
  public Scaling(String name, double[] low, double[] high, double outLow, double outHigh) {
    if (low.length != SIZE || high.length != SIZE) {
      throw new IllegalArgumentException("a scaling has " + SIZE + " ranges");
    }
    if (!(outLow >= 0 && outLow < outHigh && outHigh <= 1)) {
      throw new IllegalArgumentException("it leads to " + outLow + ".." + outHigh);
    }
    this.name = name;
    this.low = low.clone();
    this.high = high.clone();
    this.outLow = outLow;
    this.outHigh = outHigh;
    for (int i = 0; i < SIZE; i++) {
      check(NAMES.get(i), low[i], high[i]);
      factor[i] = (outHigh - outLow) / (high[i] - low[i]);
      offset[i] = outLow - low[i] * factor[i];
    }
  }

  /**
   * Auto-range: low[i]..high[i] (the 5th and 95th percentile of a rehearsal take, in raw units)
   * become 0.1..0.9. Ten finite entries each, low below high.
   */
  public static Scaling autoRange(String name, double[] low, double[] high) {
    return new Scaling(name, low, high, AUTO_LOW, AUTO_HIGH);
  }

  /** An IllegalArgumentException where low is not below high, or a division by that is too much. */
  static void check(String entry, double low, double high) {
    double width = high - low;
    if (!(width > 0) || Double.isInfinite(width) || Double.isInfinite(1 / width)) {
      throw new IllegalArgumentException(
          "range " + low + ".." + high + " of " + entry + " is empty");
    }
  }

  /** Entry i of the vector, 0..1. */
  public double scale(int i, double raw) {
    return clip(raw * factor[i] + offset[i]);
  }

  /** An entry by another low and high, 0..1. */
  public double scale(double raw, double entryLow, double entryHigh) {
    return clip(outLow + (raw - entryLow) / (entryHigh - entryLow) * (outHigh - outLow));
  }

  private static double clip(double scaled) {
    if (scaled >= 1) {
      return 1;
    }
    // NaN fails this comparison, too.
    return scaled > 0 ? scaled : 0;
  }

  /** "lse", or "auto-N". */
  public String name() {
    return name;
  }

  /** The raw value of entry i that becomes outLow. */
  public double low(int i) {
    return low[i];
  }

  /** The raw value of entry i that becomes outHigh. */
  public double high(int i) {
    return high[i];
  }

  public double outLow() {
    return outLow;
  }

  public double outHigh() {
    return outHigh;
  }

  /** The same under another name. */
  public Scaling named(String other) {
    return new Scaling(other, low, high, outLow, outHigh);
  }
}
