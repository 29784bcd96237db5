package org.latentspace.explorer.mapping;

/** What a layer does to its sums, with FluCoMa's numbers: the ordinal is the number in the file. */
public enum Activation {
  IDENTITY,
  SIGMOID,
  RELU,
  TANH;

  /** FluCoMa's number, 0..3. */
  public int number() {
    return ordinal();
  }

  /** In place, on the first {@code size} values. */
  void apply(double[] values, int size) {
    switch (this) {
      case IDENTITY -> {}
      case SIGMOID -> {
        for (int i = 0; i < size; i++) {
          values[i] = 1 / (1 + Math.exp(-values[i]));
        }
      }
      case RELU -> {
        for (int i = 0; i < size; i++) {
          values[i] = Math.max(0, values[i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < size; i++) {
          values[i] = Math.tanh(values[i]);
        }
      }
    }
  }
}
