package org.latentspace.explorer.feature;

import java.util.List;

/**
 * What was heard at a moment or over a while, to be taught with.
 *
 * @param vector ten entries 0..1, then other senses
 * @param raw the same before scaling, in their own units
 * @param scaling which scaling made the vector
 * @param senses names of the entries
 * @param frames that it is the mean of, at least 1
 * @param spread how they lay about it
 */
public record PairInput(
    float[] vector, float[] raw, String scaling, List<String> senses, int frames, Spread spread) {

  public PairInput {
    senses = List.copyOf(senses);
  }

  /** One whose spread is not known. */
  public PairInput(float[] vector, float[] raw, String scaling, List<String> senses, int frames) {
    this(vector, raw, scaling, senses, frames, Spread.UNKNOWN);
  }

  /** The same as another scaling makes it; entries that it does not know stay as they are. */
  public PairInput scaled(Scale scale) {
    float[] scaled = vector.clone();
    for (int i = 0; i < scaled.length; i++) {
      int entry = scale.senses().indexOf(senses.get(i));
      if (entry >= 0) {
        scaled[i] = scale.entry(entry, raw[i]);
      }
    }
    return new PairInput(scaled, raw, scale.name(), senses, frames, spread.scaled(scale, senses));
  }

  /** Whether two scalings make the same of all its entries. */
  public boolean isScaledAlike(Scale one, Scale other) {
    for (String sense : senses) {
      int a = one.senses().indexOf(sense);
      int b = other.senses().indexOf(sense);
      boolean alike =
          a < 0 || b < 0
              ? a == b
              : one.low()[a] == other.low()[b] && one.high()[a] == other.high()[b];
      if (!alike) {
        return false;
      }
    }
    return one.outLow() == other.outLow() && one.outHigh() == other.outHigh();
  }

  /**
   * How widely what was played lay about its mean: what makes a way of playing more than a point.
   *
   * @param covariance of the vector: the lower triangle of that of the ten features, row by row (55
   *     entries), then the variance of each entry of other senses; empty: not known
   * @param rawDeviation standard deviation of each entry before scaling, in its own unit; empty:
   *     not known
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
     * The same under another scaling: every entry as wide as that makes it of the raw values, and
     * as much in step with the others as it was; entries that the scaling does not know stay.
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
}
