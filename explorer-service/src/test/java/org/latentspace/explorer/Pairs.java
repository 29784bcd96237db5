package org.latentspace.explorer;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.feature.PairInput.Spread;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairTarget;

/** Pairs for tests. */
public final class Pairs {
  private Pairs() {}

  /** A pair whose raw values are 1, 2, ... 10. */
  public static Pair pair(String performer, String name, long taughtMillis, float x) {
    float[] vector = {.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f, 1};
    float[] raw = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    PairInput input = new PairInput(vector, raw, "lse", Frame.FEATURE_NAMES, 7);
    return new Pair(performer, name, taughtMillis, input, meaning(x));
  }

  public static PairTarget meaning(float x) {
    return PairTarget.of(new float[] {x, .5f, 1, 500}, new float[0], List.of(), Motion.POSITION);
  }

  /** Any spread of so many entries; of every other pair it is not known. */
  public static Spread spread(Random random, int size) {
    if (random.nextBoolean()) {
      return Spread.UNKNOWN;
    }
    float[] covariance = new float[Spread.entries(size)];
    float[] deviation = new float[size];
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] = random.nextFloat() - .5f;
    }
    for (int i = 0; i < size; i++) {
      deviation[i] = 20_000 * random.nextFloat();
    }
    return new Spread(covariance, deviation);
  }

  /** A scaling that makes the raw values 0..most 0..1. */
  public static Scale scale(String name, double most) {
    double[] high = new double[10];
    Arrays.fill(high, most);
    return new Scale(name, Frame.FEATURE_NAMES, new double[10], high, 0, 1);
  }
}
