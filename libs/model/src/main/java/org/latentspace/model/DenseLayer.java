package org.latentspace.model;

/**
 * One dense layer of a rhythm model, in float: immutable weights, shared by all who play them.
 *
 * <p>One place at a time without allocation, on the live path; or many at a time, in training and
 * scoring, past inputs that are 0, as most cells of a rhythm are. Both add input by input, in their
 * order: that is what makes the same seed give the same model file, byte for byte.
 *
 * @param rows in arrays of out values: one input's weights. Arrays of their own, because the
 *     compiler (C2 of JDK 17) vectorises sums over several arrays but not over several rows of one:
 *     0.24 ms against 1.0 ms for the default decoder
 * @param bias out values
 * @param slope of the leaky activation, 0..1
 */
public record DenseLayer(float[][] rows, float[] bias, ActivationFunction activation, float slope) {
  private static final int TOGETHER = 16;
  private static final int IN_TURN = 4;

  /**
   * A layer from its weights as a file holds them.
   *
   * @param weights in x out, row by row
   * @param slope of the leaky activation, 0..1
   * @throws IllegalArgumentException for weights that are no whole number of rows
   */
  public static DenseLayer of(
      float[] weights, float[] bias, ActivationFunction activation, float slope) {
    int out = bias.length;
    if (weights.length == 0 || weights.length % out != 0) {
      throw new IllegalArgumentException(
          weights.length + " weights are no rows of " + out + ", one entry for each bias");
    }
    float[][] rows = new float[weights.length / out][out];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(weights, i * out, rows[i], 0, out);
    }
    return new DenseLayer(rows, bias, activation, slope);
  }

  /** The same with the usual slope. */
  public static DenseLayer of(float[] weights, float[] bias, ActivationFunction activation) {
    return of(weights, bias, activation, ActivationFunction.USUAL_SLOPE);
  }

  public int in() {
    return rows.length;
  }

  public int out() {
    return bias.length;
  }

  /** The weights as a file holds them: in x out, row by row; a copy. */
  public float[] weights() {
    float[] weights = new float[in() * out()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, weights, i * out(), out());
    }
    return weights;
  }

  /** output = activation(bias + input x weights); input of in values, output of out values. */
  public void forward(float[] input, float[] output) {
    System.arraycopy(bias, 0, output, 0, bias.length);
    for (int i = 0; i < rows.length; i += IN_TURN) {
      add(i, input, output);
    }
    activation.apply(output, slope);
  }

  /**
   * Outputs of many inputs, in their order.
   *
   * @param inputs n x in
   * @return n x out
   */
  public float[][] forward(float[][] inputs) {
    float[][] outputs = new float[inputs.length][out()];
    for (int from = 0; from < inputs.length; from += TOGETHER) {
      forward(inputs, outputs, from, Math.min(inputs.length, from + TOGETHER));
    }
    return outputs;
  }

  /**
   * Outputs of some of many inputs, from (inclusive) to to (exclusive), without allocation: a row
   * of weights that has been fetched serves them all.
   */
  void forward(float[][] inputs, float[][] outputs, int from, int to) {
    for (int n = from; n < to; n++) {
      System.arraycopy(bias, 0, outputs[n], 0, bias.length);
    }
    for (int i = 0; i < rows.length; i += IN_TURN) {
      for (int n = from; n < to; n++) {
        if (isHeard(i, inputs[n])) {
          add(i, inputs[n], outputs[n]);
        }
      }
    }
    for (int n = from; n < to; n++) {
      activation.apply(outputs[n], slope);
    }
  }

  private boolean isHeard(int i, float[] input) {
    boolean heard = false;
    for (int k = i; k < Math.min(rows.length, i + IN_TURN); k++) {
      heard |= input[k] != 0;
    }
    return heard;
  }

  /** Adds the rows from i on: four, or those that are left. */
  private void add(int i, float[] input, float[] output) {
    if (i + IN_TURN <= rows.length) {
      addFour(i, input, output);
    } else {
      for (int k = i; k < rows.length; k++) {
        addOne(rows[k], input[k], output);
      }
    }
  }

  /** The same as addOne four times, with a quarter of the loads and stores of the sums. */
  private void addFour(int i, float[] input, float[] output) {
    float x0 = input[i];
    float x1 = input[i + 1];
    float x2 = input[i + 2];
    float x3 = input[i + 3];
    float[] row0 = rows[i];
    float[] row1 = rows[i + 1];
    float[] row2 = rows[i + 2];
    float[] row3 = rows[i + 3];
    int width = bias.length;
    for (int o = 0; o < width; o++) {
      output[o] = output[o] + x0 * row0[o] + x1 * row1[o] + x2 * row2[o] + x3 * row3[o];
    }
  }

  private static void addOne(float[] row, float x, float[] output) {
    for (int o = 0; o < row.length; o++) {
      output[o] += x * row[o];
    }
  }
}
