package org.latentspace.vae.model;

import java.util.List;

/** Runs a chain of dense layers; its buffers belong to one thread, its weights to everyone. */
final class DenseStack {
  private final DenseLayer[] layers;
  private final float[][] outputs;

  DenseStack(List<DenseLayer> layers) {
    this.layers = layers.toArray(new DenseLayer[0]);
    this.outputs = new float[this.layers.length][];
    for (int l = 0; l < this.layers.length; l++) {
      outputs[l] = new float[this.layers[l].out()];
    }
  }

  /** The last layer's outputs: valid until the next run. */
  float[] run(float[] input) {
    float[] values = input;
    for (int l = 0; l < layers.length; l++) {
      layers[l].forward(values, outputs[l]);
      values = outputs[l];
    }
    return values;
  }
}
