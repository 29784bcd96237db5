package org.latentspace.vae.inlet;

import java.util.ArrayList;
import java.util.List;

/** ConcurrencyLimit the wire's lists of numbers into arrays and back. */
final class Floats {
  private Floats() {}

  static float[] of(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }

  static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
