package org.latentspace.explorer.feature;

import java.util.List;

/**
 * How widely what was played lay about its mean: what makes a way of playing more than a point.
 *
 * @param covariance of the vector: the lower triangle of that of the ten features, row by row (55
 *     entries), then the variance of each entry of other senses; empty: not known
 * @param rawDeviation standard deviation of each entry before scaling, in its own unit; empty: not
 *     known
 */
public record Spread(float[] covariance, float[] rawDeviation) {
  /** Of what was heard in one frame alone, or before spreads were measured. */
  public static final Spread UNKNOWN = new Spread(new float[0], new float[0]);

  private static final int TRIANGLE = Frame.FEATURES * (Frame.FEATURES + 1) / 2;

  /** Entries of the covariance of a vector of this size, at least ten. */
  public static int entries(int size) {
    return TRIANGLE + size - Frame.FEATURES;
  }

  /** Where the covariance of two features stands, the second not beyond the first. */
  static int place(int feature, int other) {
    return feature * (feature + 1) / 2 + other;
  }

  /** Where the variance of an entry stands. */
  static int place(int entry) {
    return entry < Frame.FEATURES ? place(entry, entry) : TRIANGLE + entry - Frame.FEATURES;
  }

  public boolean isKnown() {
    return covariance.length > 0;
  }

  /**
   * The same under another scaling: every entry as wide as that makes it of the raw values, and as
   * much in step with the others as it was; entries that the scaling does not know stay.
   */
  Spread scaled(Scale scale, List<String> senses) {
    if (!isKnown() || rawDeviation.length == 0) {
      return this;
    }
    float[] other = covariance.clone();
    for (int entry = 0; entry < senses.size(); entry++) {
      int known = scale.senses().indexOf(senses.get(entry));
      if (known >= 0) {
        widen(other, entry, scale.slope(known) * rawDeviation[entry]);
      }
    }
    return new Spread(other, rawDeviation);
  }

  private static void widen(float[] covariance, int entry, double deviation) {
    double before = Math.sqrt(covariance[place(entry)]);
    double factor = before == 0 ? 0 : deviation / before;
    for (int other = 0; other < Frame.FEATURES && entry < Frame.FEATURES; other++) {
      covariance[place(Math.max(entry, other), Math.min(entry, other))] *= (float) factor;
    }
    covariance[place(entry)] = (float) (deviation * deviation);
  }
}
