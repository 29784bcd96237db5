package org.latentspace.training.fit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingNetwork;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.data.TaughtPair.Motion;
import org.latentspace.training.data.TaughtPair.Target;

/** Pairs and orders for tests. */
public final class TrainingSets {
  /** Nobody hears of it, and it is wanted to the end. */
  public static final Progress PATIENT =
      new Progress(() -> true, (epoch, epochs, loss) -> {}, 0, 0);

  private TrainingSets() {}

  public static FitOrder order(float[][] inputs, float[][] targets, int hidden, long seed) {
    FitPlan usual = plan(seed);
    FitPlan plan =
        plan(List.of(hidden), usual.activation(), usual.epochs(), usual.learningRate(), seed);
    return new FitOrder(inputs.length, inputs, targets, plan, null);
  }

  /**
   * Random inputs of ten senses, each 1 or more from every other, and targets, a third at an end.
   */
  static FitOrder ways(int pairs, int hidden, long seed) {
    Random chance = new Random(seed);
    float[][] inputs = new float[pairs][10];
    for (int row = 0; row < pairs; row++) {
      do {
        fill(inputs[row], chance);
      } while (nearest(inputs, row) < 1);
    }
    float[][] targets = new float[pairs][4];
    for (float[] target : targets) {
      for (int i = 0; i < 4; i++) {
        target[i] = chance.nextInt(3) == 0 ? chance.nextInt(2) : chance.nextFloat();
      }
    }
    return order(inputs, targets, hidden, seed);
  }

  /**
   * Four ways of playing, a single frame each, that are much alike in pairs: low and high notes,
   * each soft and loud. The targets are the corners of the square.
   */
  static FitOrder alikeInPairs(long seed) {
    Random chance = new Random(seed);
    List<float[]> corners =
        new ArrayList<>(
            List.of(
                new float[] {.1f, .1f, 0, .5f},
                new float[] {.9f, .1f, 0, .5f},
                new float[] {.1f, .9f, 0, .5f},
                new float[] {.9f, .9f, 0, .5f}));
    Collections.shuffle(corners, chance);
    float[][] inputs = new float[4][10];
    for (int row = 0; row < 4; row++) {
      for (int i = 0; i < 10; i++) {
        inputs[row][i] = (row < 2 ? .2f : .8f) + .03f * (float) chance.nextGaussian();
      }
    }
    return order(inputs, corners.toArray(float[][]::new), 3, seed);
  }

  /** Random pairs without regard to each other. */
  public static FitOrder random(int pairs, long seed) {
    Random chance = new Random(seed);
    float[][] inputs = new float[pairs][10];
    float[][] targets = new float[pairs][4];
    for (int row = 0; row < pairs; row++) {
      fill(inputs[row], chance);
      fill(targets[row], chance);
    }
    return order(inputs, targets, 3, seed);
  }

  private static void fill(float[] row, Random chance) {
    for (int i = 0; i < row.length; i++) {
      row[i] = chance.nextFloat();
    }
  }

  private static double nearest(float[][] rows, int row) {
    double nearest = Double.MAX_VALUE;
    for (int other = 0; other < row; other++) {
      double sum = 0;
      for (int i = 0; i < rows[row].length; i++) {
        sum += Math.pow(rows[row][i] - rows[other][i], 2);
      }
      nearest = Math.min(nearest, Math.sqrt(sum));
    }
    return nearest;
  }

  /** The usual fit. */
  static FitPlan plan(long seed) {
    return plan(List.of(), ActivationFunction.SIGMOID, FitPlan.EPOCHS, FitPlan.LEARNING_RATE, seed);
  }

  static FitPlan plan(
      List<Integer> hidden, ActivationFunction curve, int epochs, double learningRate, long seed) {
    return new FitPlan(hidden, curve, epochs, learningRate, seed, false, false);
  }

  /** The same pairs, fitted otherwise. */
  static FitOrder with(FitOrder order, FitPlan plan, MappingNetwork from) {
    return new FitOrder(order.pairs(), order.inputs(), order.targets(), plan, from);
  }

  /** A pair that was taught at a second. */
  public static TaughtPair pair(
      String name, int second, List<String> senses, List<Float> input, Target meaning) {
    return new TaughtPair(
        "anna",
        name,
        Instant.ofEpochSecond(second),
        input,
        List.of(),
        "lse",
        senses,
        List.of(),
        List.of(0.5f, 0.5f, 0f, 0f),
        meaning);
  }

  /** The same pair, known to have varied so, taught to mean that. */
  static TaughtPair with(TaughtPair pair, List<Float> spread, Target meaning) {
    return new TaughtPair(
        pair.performer(),
        pair.pair(),
        pair.taughtAt(),
        pair.input(),
        pair.rawInput(),
        pair.scaling(),
        pair.senses(),
        spread,
        pair.output(),
        meaning);
  }

  /** Pairs of two senses and two outputs. */
  static List<TaughtPair> pairs(int count) {
    List<TaughtPair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float value = i / (float) count;
      Target meaning = new Target(List.of(value, 1 - value), List.of("x", "y"), Motion.POSITION, 1);
      pairs.add(pair("p" + i, i, List.of("rms", "crest"), List.of(value, 0.5f), meaning));
    }
    return pairs;
  }
}
