package org.latentspace.vae.library;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.rhythm.Pattern;

/** The library as one model sees it: its entries' onsets, and their places. */
public record LibraryIndex(OnsetIndex onsets, Places places) {

  /**
   * An entry, and how far it is from the rhythm that was asked for.
   *
   * @param jaccard of the onsets, 0..1
   * @param latent Euclidean, between the latent means
   * @param mean the entry's place, in latent coordinates
   */
  public record Neighbour(Entry entry, double jaccard, double latent, float[] mean) {}

  /** The k entries whose onsets are nearest, the nearest first; of equals the earlier entry. */
  public List<Neighbour> nearestByOnsets(Pattern rhythm, int k) {
    Query query = query(rhythm);
    return neighbours(query, onsets.nearest(query.bits(), k));
  }

  /**
   * The k entries whose latent places are nearest.
   *
   * @throws NotYet while the places are being computed
   */
  public List<Neighbour> nearestByPlace(Pattern rhythm, int k) {
    places.await();
    Query query = query(rhythm);
    return neighbours(query, places.nearest(query.mean(), k));
  }

  private record Query(long[] bits, float[] mean) {}

  private Query query(Pattern rhythm) {
    float[] nothing = new float[rhythm.voices()];
    return new Query(Onsets.struck(rhythm, nothing), places.mean(rhythm));
  }

  private List<Neighbour> neighbours(Query query, int[] found) {
    List<Neighbour> neighbours = new ArrayList<>(found.length);
    for (int entry : found) {
      float[] mean = places.mean(entry);
      neighbours.add(
          new Neighbour(
              onsets.entries().get(entry),
              onsets.distance(query.bits(), entry),
              Places.distance(query.mean(), mean, 0),
              mean));
    }
    return neighbours;
  }
}
