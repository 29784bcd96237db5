package org.latentspace.vae.library;

import org.latentspace.vae.rhythm.RhythmTensor;

/**
 * The struck cells of rhythms as sets of bits, and how far two of them are from each other.
 *
 * <p>The distance is that of Jaccard 1901: 1 - |both| / |either|; two silent rhythms are at 0.
 */
public final class OnsetBits {
  private OnsetBits() {}

  /** Longs that hold the set of so many cells. */
  public static int words(int cells) {
    return (cells + Long.SIZE - 1) / Long.SIZE;
  }

  /** The cells of a tensor whose onset is above its voice's threshold. */
  public static long[] struck(RhythmTensor tensor, float[] thresholds) {
    long[] bits = new long[words(tensor.cells())];
    float[] onset = tensor.onset();
    for (int cell = 0; cell < onset.length; cell++) {
      if (onset[cell] > thresholds[cell % thresholds.length]) {
        bits[cell / Long.SIZE] |= 1L << cell;
      }
    }
    return bits;
  }

  /** How many cells are struck. */
  public static int count(long[] bits) {
    int count = 0;
    for (long word : bits) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** How many cells are struck in both: in a set, and in the one that starts at a place of many. */
  static int both(long[] bits, long[] many, int at) {
    int both = 0;
    for (int word = 0; word < bits.length; word++) {
      both += Long.bitCount(bits[word] & many[at + word]);
    }
    return both;
  }

  /** Jaccard distance, 0..1, of two sets with so many cells each and so many in both. */
  public static double distance(int one, int other, int both) {
    int either = one + other - both;
    return either == 0 ? 0 : 1 - both / (double) either;
  }
}
