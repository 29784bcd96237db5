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

  private static final int TOGETHER = 16;

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
    return forward(new float[][] {x})[0];
  }

  /** Several inputs at once, so that a weight that has been fetched serves them all. */
  float[][] forward(float[][] x) {
    float[][] y = new float[x.length][];
    for (int from = 0; from < x.length; from += TOGETHER) {
      int to = Math.min(x.length, from + TOGETHER);
      for (int row = from; row < to; row++) {
        y[row] = bias.clone();
      }
      for (int i = 0; i < inputs; i++) {
        for (int row = from; row < to; row++) {
          if (x[row][i] != 0) {
            add(x[row][i], i * outputs, y[row]);
          }
        }
      }
      for (int row = from; row < to; row++) {
        float[] each = y[row];
        for (int j = 0; j < outputs; j++) {
          each[j] = activation.of(each[j]);
        }
      }
    }
    return y;
  }

  private void add(float factor, int row, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] += factor * weight[row + j];
    }
  }
}
