package org.latentspace.vae.library;

import java.util.Arrays;

/** Keeps the k entries of least distance; of equals the one that was offered first. */
final class NearestEntries {
  private final double[] distances;
  private final int[] entries;
  private int size;

  /** Keeps so many, 0 or more. */
  NearestEntries(int k) {
    distances = new double[k];
    entries = new int[k];
  }

  void offer(double distance, int entry) {
    boolean full = size == entries.length;
    if (entries.length == 0 || (full && distance >= distances[size - 1])) {
      return;
    }
    int at = full ? size - 1 : size++;
    for (; at > 0 && distances[at - 1] > distance; at--) {
      distances[at] = distances[at - 1];
      entries[at] = entries[at - 1];
    }
    distances[at] = distance;
    entries[at] = entry;
  }

  /** The nearest first. */
  int[] entries() {
    return Arrays.copyOf(entries, size);
  }
}
