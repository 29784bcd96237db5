package org.latentspace.feature.range;

import java.util.Arrays;

/**
 * Keeps a fair share of ever so many values, to tell percentiles of them (Vitter's algorithm R).
 * The first {@value #CAPACITY} are kept all; after that each has the same chance. With 8192 values
 * of a longer take the 5th percentile is the 4.5th to 5.5th (two standard deviations).
 */
final class ReservoirSample {
  static final int CAPACITY = 8192;

  private final float[] values = new float[CAPACITY];
  private long random;
  private long count;

  ReservoirSample(long seed) {
    random = seed;
  }

  void take(float value) {
    long place = count < CAPACITY ? count : Long.remainderUnsigned(next(), count + 1);
    if (place < CAPACITY) {
      values[(int) place] = value;
    }
    count++;
  }

  /** SplitMix64 (Steele, Lea, Flood 2014). */
  private long next() {
    random += 0x9e3779b97f4a7c15L;
    long mixed = (random ^ random >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }

  /** Values that came. */
  long count() {
    return count;
  }

  /** The quantiles at parts 0..1, between two values in proportion; at least one value has come. */
  double[] quantiles(double... parts) {
    int kept = (int) Math.min(count, CAPACITY);
    float[] sorted = Arrays.copyOf(values, kept);
    Arrays.sort(sorted);
    double[] found = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      double at = parts[i] * (kept - 1);
      int below = (int) at;
      int above = Math.min(below + 1, kept - 1);
      found[i] = sorted[below] + (at - below) * ((double) sorted[above] - sorted[below]);
    }
    return found;
  }
}
