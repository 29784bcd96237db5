package org.latentspace.vae.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latentspace.vae.library.LatentIndex.StillComputing;
import org.latentspace.vae.library.OnsetIndex.OnsetBits;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.rhythm.RhythmTensor;

/** The library as one model sees it: its entries' onsets, and their places. */
public record LibraryIndex(OnsetIndex onsets, LatentIndex places) {
  private static final int MOST_NEIGHBOURS = 100;

  /**
   * An entry, and how far it is from the rhythm that was asked for.
   *
   * @param jaccard of the onsets, 0..1
   * @param latent Euclidean, between the latent means
   * @param position the entry's latent mean, 0..1 of the model's range or beyond
   */
  public record Neighbour(Entry entry, double jaccard, double latent, float[] position) {}

  /**
   * Refuses an entry beside so many others.
   *
   * @throws IllegalArgumentException when it does not fit the model, or has no room
   */
  public static void check(Rhythm rhythm, int others, Model model) {
    int most = Math.min(RhythmLibrary.MOST_ENTRIES, OnsetIndex.most(model));
    if (others >= most) {
      throw new IllegalArgumentException("the library has no room for more than " + most);
    }
    RhythmTensor.of(rhythm, model.grid(), model.voices());
  }

  /**
   * The nearest entries, the nearest first; of equals the earlier one.
   *
   * @param count neighbours, 1..100
   * @param latent by latent places; else by onsets
   * @throws IllegalArgumentException for a rhythm that does not fit the model, or a count out of
   *     range
   * @throws StillComputing by latent places, while they are being computed
   */
  public List<Neighbour> nearest(Rhythm asked, int count, boolean latent) {
    if (count < 1 || count > MOST_NEIGHBOURS) {
      throw new IllegalArgumentException("count is " + count + ", must be 1.." + MOST_NEIGHBOURS);
    }
    Model model = places.model();
    RhythmTensor rhythm = RhythmTensor.of(asked, model.grid(), model.voices());
    long[] bits = OnsetBits.struck(rhythm, new float[rhythm.voices()]);
    float[] mean = places.mean(rhythm);
    if (latent) {
      places.await();
    }
    int[] found = latent ? places.nearest(mean, count) : onsets.nearest(bits, count);
    List<Neighbour> neighbours = new ArrayList<>(found.length);
    for (int entry : found) {
      float[] place = places.mean(entry);
      neighbours.add(
          new Neighbour(
              onsets.entries().get(entry),
              onsets.distance(bits, entry),
              LatentIndex.distance(mean, place, 0),
              model.latent().positions(place)));
    }
    return neighbours;
  }

  /** Keeps the k entries of least distance; of equals the one that was offered first. */
  static final class NearestEntries {
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
}
