package org.latentspace.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.latentspace.training.fit.Curve;
import org.latentspace.training.fit.FitFault;
import org.latentspace.training.fit.FitOrder;
import org.latentspace.training.fit.FitPlan;
import org.latentspace.training.fit.FitResult;
import org.latentspace.training.fit.Fitter;
import org.latentspace.training.outlet.WarmWorker;

/**
 * Question: how long does a fit take in the warm worker? Fixture: random pairs, ten senses and four
 * outputs, default settings; the worker as the service runs it. Prints how long it takes to be
 * warm, then the fits' times as the service sees them (order sent to mapping received).
 *
 * <p>Usage: FitRig [fits of each size]
 */
public final class FitRig {
  private static final WarmWorker.Terms TERMS = new WarmWorker.Terms(96, 128, 5, 60_000, folder());
  private static final int QUEUED = 16;

  private FitRig() {}

  private record Size(String what, int pairs, int outputs, List<Integer> hidden) {}

  public static void main(String[] args) throws Exception {
    int fits = args.length == 0 ? 21 : Integer.parseInt(args[0]);
    long began = System.nanoTime();
    try (WarmWorker worker = new WarmWorker(TERMS, "org.latentspace.training.inlet.FitWorker")) {
      worker.warm();
      while (!worker.isWarm()) {
        LockSupport.parkNanos(1_000_000);
      }
      System.out.printf(
          Locale.ROOT,
          "warm after %.1f s, %d MB at most%n",
          (System.nanoTime() - began) / 1e9,
          worker.peakBytes() >> 20);
      List<Size> sizes =
          List.of(
              new Size("4 pairs, 10 -> 3 -> 4", 4, 4, List.of(3)),
              new Size("60 pairs, 10 -> 3 -> 4", 60, 4, List.of(3)),
              new Size("60 pairs, 10 -> 16 -> 16", 60, 16, List.of(16)),
              new Size("1000 pairs, 10 -> 3 -> 4", 1000, 4, List.of(3)),
              new Size("1000 pairs, 10 -> 64 -> 64 -> 16", 1000, 16, List.of(64, 64)));
      for (Size size : sizes) {
        measure(worker, size, fits);
      }
      queue(worker, new Size("60 pairs", 60, 4, List.of(3)));
      queue(worker, new Size("1000 pairs", 1000, 4, List.of(3)));
      System.out.printf(Locale.ROOT, "%d MB at most%n", worker.peakBytes() >> 20);
    }
  }

  private static void measure(WarmWorker worker, Size size, int fits) throws Exception {
    double[] times = new double[fits];
    for (int i = 0; i < fits; i++) {
      times[i] = fit(worker, size, i);
    }
    double first = times[0];
    Arrays.sort(times);
    System.out.printf(
        Locale.ROOT,
        "%-34s first %5.2f s   median %5.2f s   p90 %5.2f s%n",
        size.what(),
        first,
        times[fits / 2],
        times[fits * 9 / 10]);
  }

  private static void queue(WarmWorker worker, Size size) throws Exception {
    long began = System.nanoTime();
    for (int i = 0; i < QUEUED; i++) {
      fit(worker, size, i);
    }
    System.out.printf(
        Locale.ROOT,
        "%d performers at once, %s each: the last one after %.2f s%n",
        QUEUED,
        size.what(),
        (System.nanoTime() - began) / 1e9);
  }

  private static double fit(WarmWorker worker, Size size, int seed)
      throws FitFault, InterruptedException {
    FitPlan plan =
        new FitPlan(size.hidden(), Curve.SIGMOID, 0, FitPlan.LEARNING_RATE, 1L, false, false);
    int epochs = plan.epochsFor(plan.weights(10, size.outputs()), size.pairs());
    Random chance = new Random(seed);
    int rows = size.pairs() * Math.max(1, Math.min(129, 1024 / size.pairs()));
    FitOrder order =
        new FitOrder(
            size.pairs(),
            drawn(random(size.pairs(), 10, chance), rows, 0.03, chance),
            drawn(random(size.pairs(), size.outputs(), chance), rows, 0, chance),
            size.hidden(),
            Curve.SIGMOID,
            epochs,
            FitPlan.LEARNING_RATE,
            seed,
            null);
    long began = System.nanoTime();
    FitResult result = worker.fit(order, new Patient());
    if (result.curve().isEmpty()) {
      throw new IllegalStateException("nothing was fitted");
    }
    return (System.nanoTime() - began) / 1e9;
  }

  /** The rows, then more about them, as wide as what is played varies. */
  private static float[][] drawn(float[][] own, int rows, double deviation, Random chance) {
    float[][] all = Arrays.copyOf(own, rows);
    for (int row = own.length; row < rows; row++) {
      all[row] = own[row % own.length].clone();
      for (int i = 0; i < all[row].length; i++) {
        all[row][i] += (float) (deviation * chance.nextGaussian());
      }
    }
    return all;
  }

  private static float[][] random(int rows, int columns, Random chance) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = chance.nextFloat();
      }
    }
    return values;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("fit-rig");
    } catch (java.io.IOException cannot) {
      throw new java.io.UncheckedIOException(cannot);
    }
  }

  /** Waits to the end. */
  private static final class Patient implements Fitter.Listener {
    @Override
    public boolean goesOn() {
      return true;
    }

    @Override
    public void heard(int epoch, double loss) {}
  }
}
