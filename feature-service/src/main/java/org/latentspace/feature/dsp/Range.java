package org.latentspace.feature.dsp;

import java.util.List;

/**
 * How all raw values of a performer become a vector: the ten features by a scaling, the entries of
 * other senses by a low and a high each, which become the scaling's outLow and outHigh.
 *
 * @param senses names of the entries after the ten, at most 256
 * @param low one an entry, never written to
 * @param high one an entry, above low, never written to
 */
public record Range(Scaling scaling, List<String> senses, double[] low, double[] high) {
  private static final double[] NONE = {};

  /** That of {@link Scaling#LSE}. */
  public static final Range LSE = of(Scaling.LSE);

  public Range {
    senses = List.copyOf(senses);
    if (low.length != senses.size() || high.length != senses.size()) {
      throw new IllegalArgumentException("a range has a low and a high for every entry");
    }
    for (int i = 0; i < low.length; i++) {
      Scaling.check(senses.get(i), low[i], high[i]);
    }
  }

  /** A range that says nothing of other senses. */
  public static Range of(Scaling scaling) {
    return new Range(scaling, List.of(), NONE, NONE);
  }

  /** "lse" or "auto-N". */
  public String name() {
    return scaling.name();
  }
}
