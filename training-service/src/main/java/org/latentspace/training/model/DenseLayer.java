package org.latentspace.training.model;

/**
 * One dense layer of a model file: y = activation(x · weight + bias).
 *
 * @param name stem of its tensors' names, such as `decoder.trunk.0`
 * @param weight row-major, shape [inputs, outputs]
 * @param bias length outputs
 */
public record DenseLayer(
    String name, int inputs, int outputs, float[] weight, float[] bias, Activation activation) {

  /** Slope of the leaky rectifier below zero. */
  public static final float LEAK = 0.01f;

  /** The activations that a trained layer may have. */
  public enum Activation {
    IDENTITY("identity"),
    SIGMOID("sigmoid"),
    TANH("tanh"),
    LEAKY_RELU("leaky-relu");

    private final String label;

    Activation(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    float of(float x) {
      return switch (this) {
        case IDENTITY -> x;
        case SIGMOID -> (float) (1 / (1 + Math.exp(-x)));
        case TANH -> (float) Math.tanh(x);
        case LEAKY_RELU -> x < 0 ? LEAK * x : x;
      };
    }

    /** Throws IllegalArgumentException for a label that no layer has. */
    static Activation named(String label) {
      for (Activation each : values()) {
        if (each.label.equals(label)) {
          return each;
        }
      }
      throw new IllegalArgumentException("unknown activation '" + label + "'");
    }
  }

  public DenseLayer {
    if (weight.length != inputs * outputs || bias.length != outputs) {
      throw new IllegalArgumentException(
          name + ": " + weight.length + " weights do not make " + inputs + " x " + outputs);
    }
  }

  float[] forward(float[] x) {
    float[] y = bias.clone();
    for (int i = 0; i < inputs; i++) {
      float factor = x[i];
      if (factor != 0) {
        int row = i * outputs;
        for (int j = 0; j < outputs; j++) {
          y[j] += factor * weight[row + j];
        }
      }
    }
    for (int j = 0; j < outputs; j++) {
      y[j] = activation.of(y[j]);
    }
    return y;
  }
}
