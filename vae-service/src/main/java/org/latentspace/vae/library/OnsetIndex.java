package org.latentspace.vae.library;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.model.Grid;
import org.latentspace.vae.library.LibraryIndex.NearestEntries;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.rhythm.RhythmTensor;

/** Which cells the library's entries strike, on one grid with certain voices. */
public final class OnsetIndex {
  /** Longs of all sets together: 64 MB. */
  static final int MOST_WORDS = 8 << 20;

  private final Grid grid;
  private final List<String> voices;
  private final List<Entry> entries;
  private final int words;
  private final long[] bits;
  private final int[] counts;
  // Entries by how many cells they strike, then by place in the library: where to look first.
  private final int[] byCount;

  /** How many entries there can be for this model's grid and voices. */
  public static int most(Model model) {
    return MOST_WORDS / OnsetBits.words(model.cells());
  }

  /** Takes in the entries that fit the model: its grid, and no voice that it does not have. */
  OnsetIndex(List<Entry> all, Model model) {
    grid = model.grid();
    voices = model.voices();
    words = OnsetBits.words(model.cells());
    RhythmTensor tensor = new RhythmTensor(grid.steps(), voices.size());
    List<Entry> fitting = new ArrayList<>();
    for (Entry entry : all) {
      if (fitting.size() < most(model) && fits(entry, tensor)) {
        fitting.add(entry);
      }
    }
    entries = List.copyOf(fitting);
    bits = new long[words * entries.size()];
    counts = new int[entries.size()];
    float[] nothing = new float[voices.size()];
    for (int e = 0; e < counts.length; e++) {
      tensor.write(entries.get(e).rhythm(), grid, voices);
      long[] struck = OnsetBits.struck(tensor, nothing);
      System.arraycopy(struck, 0, bits, e * words, words);
      counts[e] = OnsetBits.count(struck);
    }
    byCount = sorted(counts, model.cells());
  }

  private boolean fits(Entry entry, RhythmTensor tensor) {
    try {
      tensor.write(entry.rhythm(), grid, voices);
      return true;
    } catch (IllegalArgumentException e) {
      // Not this model's; another one may find it again.
      return false;
    }
  }

  /** Counting sort, so that equals stay in the library's order. */
  private static int[] sorted(int[] counts, int cells) {
    int[] start = new int[cells + 2];
    for (int count : counts) {
      start[count + 1]++;
    }
    for (int c = 1; c < start.length; c++) {
      start[c] += start[c - 1];
    }
    int[] order = new int[counts.length];
    for (int e = 0; e < counts.length; e++) {
      order[start[counts[e]]++] = e;
    }
    return order;
  }

  boolean isOf(Model model) {
    return grid.equals(model.grid()) && voices.equals(model.voices());
  }

  /** Those that fit, in the library's order. */
  public List<Entry> entries() {
    return entries;
  }

  /** Jaccard distance, 0..1, of a set of cells to an entry's. */
  public double distance(long[] struck, int entry) {
    int both = OnsetBits.both(struck, bits, entry * words);
    return OnsetBits.distance(OnsetBits.count(struck), counts[entry], both);
  }

  /** The k nearest entries (fewer where there are fewer), nearest first; of equals the earlier. */
  int[] nearest(long[] struck, int k) {
    int count = OnsetBits.count(struck);
    NearestEntries best = new NearestEntries(Math.min(k, counts.length));
    for (int e = 0; e < counts.length; e++) {
      int both = OnsetBits.both(struck, bits, e * words);
      best.offer(OnsetBits.distance(count, counts[e], both), e);
    }
    return best.entries();
  }

  /**
   * The nearest entry, or -1 without any; of equals the earlier.
   *
   * <p>Two sets of a and b cells have at most min(a, b) cells in common, so it looks from the
   * entries with as many cells outwards and ends where no other can be nearer.
   */
  public int nearest(long[] struck) {
    int count = OnsetBits.count(struck);
    int above = firstWith(count);
    int below = above - 1;
    int nearest = -1;
    double least = Double.MAX_VALUE;
    while (true) {
      double up = above < byCount.length ? bound(count, counts[byCount[above]]) : 2;
      double down = below >= 0 ? bound(count, counts[byCount[below]]) : 2;
      double bound = Math.min(up, down);
      if (bound > 1 || bound > least) {
        return nearest;
      }
      int entry = up <= down ? byCount[above++] : byCount[below--];
      int both = OnsetBits.both(struck, bits, entry * words);
      double distance = OnsetBits.distance(count, counts[entry], both);
      if (distance < least || (distance == least && entry < nearest)) {
        least = distance;
        nearest = entry;
      }
    }
  }

  private static double bound(int one, int other) {
    return OnsetBits.distance(one, other, Math.min(one, other));
  }

  private int firstWith(int count) {
    int low = 0;
    int high = byCount.length;
    while (low < high) {
      int middle = (low + high) / 2;
      if (counts[byCount[middle]] < count) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The struck cells of rhythms as sets of bits, and how far two of them are from each other.
   *
   * <p>The distance is that of Jaccard 1901: 1 - |both| / |either|; two silent rhythms are at 0.
   */
  public static final class OnsetBits {
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

    /**
     * How many cells are struck in both: in a set, and in the one that starts at a place of many.
     */
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
}
