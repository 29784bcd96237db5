package org.latentspace.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.latentspace.model.ActivationFunction;
import org.latentspace.training.fit.FitFault;
import org.latentspace.training.fit.FitOrder;
import org.latentspace.training.fit.FitPlan;
import org.latentspace.training.fit.FitResult;
import org.latentspace.training.fit.Learner;
import org.latentspace.training.fit.Progress;

/**
 * Question: how long does a fit take? Fixture: random pairs, ten senses and four outputs, default
 * settings, in this process as the service does it. Prints each size's first fit, median and p90.
 *
 * <p>Usage: FitRig [fits of each size]
 */
public final class FitRig {
  private static final int QUEUED = 16;

  private FitRig() {}

  private record Size(String what, int pairs, int outputs, List<Integer> hidden) {}

  public static void main(String[] args) throws FitFault {
    int fits = args.length == 0 ? 21 : Integer.parseInt(args[0]);
    Learner learner = new Learner();
    List<Size> sizes =
        List.of(
            new Size("4 pairs, 10 -> 3 -> 4", 4, 4, List.of(3)),
            new Size("60 pairs, 10 -> 3 -> 4", 60, 4, List.of(3)),
            new Size("60 pairs, 10 -> 16 -> 16", 60, 16, List.of(16)),
            new Size("1000 pairs, 10 -> 3 -> 4", 1000, 4, List.of(3)),
            new Size("1000 pairs, 10 -> 64 -> 64 -> 16", 1000, 16, List.of(64, 64)));
    for (Size size : sizes) {
      measure(learner, size, fits);
    }
    queue(learner, new Size("60 pairs", 60, 4, List.of(3)));
    queue(learner, new Size("1000 pairs", 1000, 4, List.of(3)));
  }

  private static void measure(Learner learner, Size size, int fits) throws FitFault {
    double[] times = new double[fits];
    for (int i = 0; i < fits; i++) {
      times[i] = fit(learner, size, i);
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

  private static void queue(Learner learner, Size size) throws FitFault {
    long began = System.nanoTime();
    for (int i = 0; i < QUEUED; i++) {
      fit(learner, size, i);
    }
    System.out.printf(
        Locale.ROOT,
        "%d performers at once, %s each: the last one after %.2f s%n",
        QUEUED,
        size.what(),
        (System.nanoTime() - began) / 1e9);
  }

  private static double fit(Learner learner, Size size, int seed) throws FitFault {
    FitPlan asked =
        new FitPlan(
            size.hidden(), ActivationFunction.SIGMOID, 0, FitPlan.LEARNING_RATE, 1L, false, false);
    int epochs = asked.epochsFor(asked.weights(10, size.outputs()), size.pairs());
    Random chance = new Random(seed);
    int rows = size.pairs() * Math.max(1, Math.min(129, 1024 / size.pairs()));
    FitOrder order =
        new FitOrder(
            size.pairs(),
            drawn(random(size.pairs(), 10, chance), rows, 0.03, chance),
            drawn(random(size.pairs(), size.outputs(), chance), rows, 0, chance),
            asked.with(epochs, seed),
            null);
    long began = System.nanoTime();
    FitResult result = learner.fit(order, new Progress(() -> true, (epoch, all, loss) -> {}, 0, 0));
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
}
