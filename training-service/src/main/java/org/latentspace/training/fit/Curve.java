package org.latentspace.training.fit;

/** What a layer of a mapping does to its sums, with the numbers that FluCoMa has for it. */
public enum Curve {
  IDENTITY,
  SIGMOID,
  RELU,
  TANH;

  /** By the word of the settings: "sigmoid", "tanh" or "relu"; nothing is sigmoid. */
  public static Curve named(String word) {
    return switch (word) {
      case "", "sigmoid" -> SIGMOID;
      case "tanh" -> TANH;
      case "relu" -> RELU;
      default ->
          throw new IllegalArgumentException(
              "activation is '" + word + "', must be sigmoid, tanh or relu");
    };
  }

  /** FluCoMa's number, 0..3. */
  public int number() {
    return ordinal();
  }

  /** The value for a sum. */
  double of(double sum) {
    return switch (this) {
      case IDENTITY -> sum;
      case SIGMOID -> 1 / (1 + Math.exp(-sum));
      case RELU -> Math.max(0, sum);
      case TANH -> Math.tanh(sum);
    };
  }

  /** How much the value grows with the sum, where the value is this. */
  float slope(float value) {
    return switch (this) {
      case IDENTITY -> 1;
      case SIGMOID -> value * (1 - value);
      case RELU -> value > 0 ? 1 : 0;
      case TANH -> 1 - value * value;
    };
  }
}
