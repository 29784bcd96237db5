package org.latentspace.model;

import java.util.List;

/**
 * Runs a chain of dense layers forward; its buffers belong to one thread, its weights to everyone.
 *
 * <p>Allocates nothing after the constructor.
 */
public final class DenseStack {
  private final DenseLayer[] layers;
  // By layer and input.
  private final float[][][] outputs;

  /**
   * Makes room for one input at a time.
   *
   * @param layers at least one; the outputs of each are the inputs of the next
   */
  public DenseStack(List<DenseLayer> layers) {
    this(layers, 1);
  }

  /** Makes room for as many inputs at a time, 1 or more. */
  public DenseStack(List<DenseLayer> layers, int most) {
    this.layers = layers.toArray(new DenseLayer[0]);
    this.outputs = new float[this.layers.length][][];
    for (int l = 0; l < this.layers.length; l++) {
      outputs[l] = new float[most][this.layers[l].out()];
    }
  }

  /** The last layer's outputs: valid until the next run. */
  public float[] run(float[] input) {
    float[] values = input;
    for (int l = 0; l < layers.length; l++) {
      layers[l].forward(values, outputs[l][0]);
      values = outputs[l][0];
    }
    return values;
  }

  /**
   * The last layer's outputs for the first n inputs, the same as one by one: valid until the next
   * run.
   */
  public float[][] run(float[][] inputs, int n) {
    float[][] values = inputs;
    for (int l = 0; l < layers.length; l++) {
      layers[l].forward(values, outputs[l], 0, n);
      values = outputs[l];
    }
    return values;
  }

  /**
   * The last layer's outputs for many inputs, in their order; much faster than one by one.
   *
   * @param inputs n x inputs of the first layer
   * @return n x outputs of the last layer
   */
  public static float[][] run(List<DenseLayer> layers, float[][] inputs) {
    float[][] values = inputs;
    for (DenseLayer layer : layers) {
      values = layer.forward(values);
    }
    return values;
  }
}
