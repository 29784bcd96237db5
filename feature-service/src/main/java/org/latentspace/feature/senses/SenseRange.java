package org.latentspace.feature.senses;

import java.util.Arrays;

/**
 * The raw values of a sense that become 0 and 1: one of each for all its entries, or one of each
 * for every entry.
 */
public final class SenseRange {
  /** As it is where nothing else is said: 0..1. */
  public static final SenseRange UNIT = new SenseRange(new double[] {0}, new double[] {1});

  private final double[] low;
  private final double[] high;

  /**
   * As many lows as highs, 1..256, each low below its high by 1e-30..1e30; else an
   * IllegalArgumentException.
   */
  public SenseRange(double[] low, double[] high) {
    boolean right = low.length == high.length && low.length >= 1;
    for (int i = 0; right && i < low.length; i++) {
      double width = high[i] - low[i];
      right = width >= 1e-30 && width <= 1e30;
    }
    if (!right || low.length > Senses.MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "low " + Arrays.toString(low) + ", high " + Arrays.toString(high));
    }
    this.low = low.clone();
    this.high = high.clone();
  }

  /** Whether it says something of every entry of a sense of so many, and of no other. */
  boolean fits(int size) {
    return low.length == 1 || low.length == size;
  }

  /** How many entries it is made for; 1 = any number. */
  int size() {
    return low.length;
  }

  double low(int i) {
    return low[low.length == 1 ? 0 : i];
  }

  double high(int i) {
    return high[high.length == 1 ? 0 : i];
  }
}
