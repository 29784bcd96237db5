package org.latentspace.model;

import java.util.Arrays;

/**
 * What a layer does to its sums: the functions of mappings (FluCoMa's four) and of rhythm models.
 *
 * <p>In double for mappings, by the formulas as they stand. In float for rhythm models, whose
 * layers are a thousand times larger: there tanh is 2 sigmoid(2x) - 1, three times as fast as
 * Math.tanh and off by less than 1e-15 before it is rounded to float.
 */
public enum ActivationFunction {
  IDENTITY("identity", 0),
  SIGMOID("sigmoid", 1),
  RELU("relu", 2),
  TANH("tanh", 3),
  LEAKY_RELU("leaky-relu", -1);

  /** Slope of the leaky ReLU below zero, where none is given. */
  public static final float USUAL_SLOPE = 0.01f;

  /** FluCoMa's numbers are 0..3. */
  static final int MOST_NUMBER = 3;

  private final String word;
  private final int number;

  ActivationFunction(String word, int number) {
    this.word = word;
    this.number = number;
  }

  /** Its name in a model file. */
  public String word() {
    return word;
  }

  /** The function of this name in a model file, or null. */
  static ActivationFunction named(String word) {
    return Arrays.stream(values()).filter(f -> f.word.equals(word)).findAny().orElse(null);
  }

  /** The function that FluCoMa has this number for, 0..3. */
  static ActivationFunction numbered(int number) {
    return Arrays.stream(values()).filter(f -> f.number == number).findAny().orElseThrow();
  }

  /** FluCoMa's number, 0..3. Throws IllegalStateException for leaky ReLU, which has none. */
  public int number() {
    if (number < 0) {
      throw new IllegalStateException("FluCoMa has no number for " + word);
    }
    return number;
  }

  /** The value for a sum. */
  public double of(double sum) {
    return switch (this) {
      case IDENTITY -> sum;
      case SIGMOID -> 1 / (1 + Math.exp(-sum));
      case RELU -> Math.max(0, sum);
      case TANH -> Math.tanh(sum);
      case LEAKY_RELU -> Math.max(sum, USUAL_SLOPE * sum);
    };
  }

  /** Derivative where {@link #of} gives this value; 0 at the bend of ReLU. */
  public double derivative(double value) {
    return switch (this) {
      case IDENTITY -> 1;
      case SIGMOID -> value * (1 - value);
      case RELU -> value > 0 ? 1 : 0;
      case TANH -> 1 - value * value;
      case LEAKY_RELU -> value > 0 ? 1 : USUAL_SLOPE;
    };
  }

  /** The same in float. */
  public float derivative(float value) {
    return switch (this) {
      case IDENTITY -> 1;
      case SIGMOID -> value * (1 - value);
      case RELU -> value > 0 ? 1 : 0;
      case TANH -> 1 - value * value;
      case LEAKY_RELU -> value > 0 ? 1 : USUAL_SLOPE;
    };
  }

  /** In place, on the first {@code size} values. */
  public void apply(double[] values, int size) {
    for (int i = 0; i < size; i++) {
      values[i] = of(values[i]);
    }
  }

  /**
   * In place, on all values.
   *
   * @param slope of leaky ReLU below zero, 0..1
   */
  void apply(float[] values, float slope) {
    switch (this) {
      case IDENTITY -> {}
      case SIGMOID -> sigmoid(values);
      case RELU -> relu(values);
      case TANH -> tanh(values);
      case LEAKY_RELU -> leakyRelu(values, slope);
    }
  }

  private static void sigmoid(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1 / (1 + Math.exp(-values[i])));
    }
  }

  private static void relu(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, values[i]);
    }
  }

  private static void tanh(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 / (1 + Math.exp(-2.0 * values[i])) - 1);
    }
  }

  /** Written without a branch, so that the compiler vectorises it. */
  private static void leakyRelu(float[] values, float slope) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(values[i], slope * values[i]);
    }
  }
}
