package org.latentspace.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Origin;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.latent.Noise.NoiseSettings;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.RandomModel;
import org.latentspace.vae.playing.Performer;
import org.latentspace.vae.playing.PointBatch;

/**
 * Question: how long may a performer wait for a rhythm while another model takes over? Fixture: one
 * performer with 86 points a second, every one decoded, and models of the default size (2, 1024, 3
 * x 512, 3 x 864; 20 MB), loaded and probed by another thread of low priority. Prints the largest
 * gap between rhythms and the longest rhythm around swaps, beside the same without a swap.
 *
 * <p>Usage: SwapGap [swaps]
 */
public final class SwapGap {
  private static final long POINT_NANOS = 11_609_977;
  private static final int POINTS = 86;
  private static final int WARM_POINTS = 500;

  private final ActiveModel activeModel = new ActiveModel();
  private final PointBatch batch = new PointBatch();
  private final Performer performer = new Performer("anna", new NoiseSettings(1, 500));
  private final Model[] models = {RandomModel.ofDefaultSize(1), RandomModel.ofDefaultSize(2)};
  private int sequence;

  private record Second(double gapMs, double longestMs, double medianMs) {}

  private SwapGap() {}

  public static void main(String[] args) throws Exception {
    int swaps = args.length == 0 ? 20 : Integer.parseInt(args[0]);
    new SwapGap().run(swaps);
  }

  private void run(int swaps) throws Exception {
    activeModel.put("first", models[0]);
    for (int i = 0; i < WARM_POINTS; i++) {
      play();
    }
    System.out.println(
        "each second:     gap ms, largest   rhythm ms, longest    rhythm ms, median");
    List<Second> still = new ArrayList<>();
    List<Second> swapped = new ArrayList<>();
    for (int swap = 1; swap <= swaps; swap++) {
      still.add(second(null));
      swapped.add(second(models[swap % 2]));
      print("still", still.get(swap - 1));
      print("swap ", swapped.get(swap - 1));
    }
    print("median of still", median(still));
    print("median of swap ", median(swapped));
  }

  private static Second median(List<Second> seconds) {
    return new Second(
        median(seconds, Second::gapMs),
        median(seconds, Second::longestMs),
        median(seconds, Second::medianMs));
  }

  private static double median(List<Second> seconds, ToDoubleFunction<Second> figure) {
    return seconds.stream()
        .mapToDouble(figure)
        .sorted()
        .skip(seconds.size() / 2)
        .findFirst()
        .orElse(0);
  }

  private static void print(String what, Second second) {
    System.out.printf(
        Locale.ROOT,
        "%-16s %14.2f %20.2f %20.2f%n",
        what,
        second.gapMs(),
        second.longestMs(),
        second.medianMs());
  }

  /** A second of points; another thread puts the model in its middle, if there is one. */
  private Second second(Model next) throws InterruptedException {
    AtomicBoolean go = new AtomicBoolean();
    Thread loader = new Thread(() -> swap(next, go), "loader");
    loader.setPriority(Thread.MIN_PRIORITY);
    loader.start();
    long[] took = new long[POINTS];
    long gap = 0;
    long before = 0;
    long due = System.nanoTime();
    for (int i = 0; i < POINTS; i++) {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      go.compareAndSet(false, i >= POINTS / 4);
      long began = System.nanoTime();
      play();
      long ended = System.nanoTime();
      took[i] = ended - began;
      gap = i == 0 ? 0 : Math.max(gap, ended - before);
      before = ended;
      due += POINT_NANOS;
    }
    loader.join();
    Arrays.sort(took);
    return new Second(gap / 1e6, took[POINTS - 1] / 1e6, took[POINTS / 2] / 1e6);
  }

  private void swap(Model next, AtomicBoolean go) {
    while (!go.get()) {
      LockSupport.parkNanos(1_000_000);
    }
    if (next != null) {
      try {
        activeModel.put("next", next);
      } catch (ModelFault e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void play() {
    Origin origin = new Origin("anna", ++sequence, 0, sequence * POINT_NANOS, false, false);
    float[] position = {sequence * 0.37f % 1, sequence * 0.61f % 1};
    batch.add(performer, new LatentPoint(origin, position, 0, 0), activeModel.playing(), 0);
    batch.play((rhythm, arrived) -> {}, (failed, fault) -> {});
  }
}
