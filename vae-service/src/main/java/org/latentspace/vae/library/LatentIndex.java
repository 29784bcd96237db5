package org.latentspace.vae.library;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.latentspace.vae.library.LibraryIndex.NearestEntries;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.model.Encoder;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.rhythm.RhythmTensor;

/**
 * Where one model's encoder puts the library's entries: computed by the thread that runs it, in the
 * background. An encode of the default architecture takes 0.3 ms, so 10 000 entries take 3 s.
 */
public final class LatentIndex implements Runnable {
  private static final int PATIENCE_SECONDS = 5;

  private final List<Entry> entries;
  private final Model model;
  private final int size;
  private final float[] means;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile int known;
  private volatile boolean stopped;

  LatentIndex(List<Entry> entries, Model model) {
    this.entries = entries;
    this.model = model;
    this.size = model.latent().size();
    this.means = new float[entries.size() * size];
  }

  Model model() {
    return model;
  }

  /** Ends early: the entries or the model are not those of today. */
  void stop() {
    stopped = true;
  }

  /** How many places are known by now, from the first entry on. */
  public int known() {
    return known;
  }

  @Override
  public void run() {
    Encoder encoder = new Encoder(model);
    RhythmTensor tensor = new RhythmTensor(model.grid().steps(), model.voices().size());
    float[] mean = new float[size];
    for (int e = 0; e < entries.size() && !stopped; e++) {
      tensor.write(entries.get(e).rhythm(), model.grid(), model.voices());
      encoder.encode(tensor, mean);
      System.arraycopy(mean, 0, means, e * size, size);
      known = e + 1;
    }
    done.countDown();
  }

  /** Waits a little until all places are known, and not longer. */
  void await() {
    try {
      boolean over = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (over && known == entries.size()) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StillComputing(
        "the places of " + known + " of " + entries.size() + " rhythms are known: ask again");
  }

  /** The latent mean of any rhythm of the model's grid and voices. */
  float[] mean(RhythmTensor rhythm) {
    float[] mean = new float[size];
    new Encoder(model).encode(rhythm, mean);
    return mean;
  }

  /** The latent mean of an entry, computed here where it is not known yet. */
  float[] mean(int entry) {
    if (entry < known) {
      float[] mean = new float[size];
      System.arraycopy(means, entry * size, mean, 0, size);
      return mean;
    }
    return mean(RhythmTensor.of(entries.get(entry).rhythm(), model.grid(), model.voices()));
  }

  /** The k nearest entries, nearest first; all places must be known. */
  int[] nearest(float[] mean, int k) {
    NearestEntries best = new NearestEntries(Math.min(k, entries.size()));
    for (int e = 0; e < entries.size(); e++) {
      best.offer(distance(mean, means, e * size), e);
    }
    return best.entries();
  }

  /** Euclidean distance of a place to the one that starts there in an array of many. */
  static double distance(float[] mean, float[] many, int at) {
    double sum = 0;
    for (int d = 0; d < mean.length; d++) {
      double difference = mean[d] - many[at + d];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /** The answer is still being computed. */
  public static final class StillComputing extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With how far it is. */
    public StillComputing(String message) {
      super(message);
    }
  }
}
