package org.latentspace.vae.wire;

import java.util.ArrayList;
import java.util.List;

/** ConcurrencyLimit the wire's lists of numbers into arrays and back. */
public final class FloatsWire {
  private FloatsWire() {}

  public static float[] read(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }

  public static List<Float> write(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
