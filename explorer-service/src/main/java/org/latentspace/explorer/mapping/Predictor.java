package org.latentspace.explorer.mapping;

/**
 * Runs a network forward; holds the room for one pass, so each performer has its own.
 *
 * <p>In double, as FluCoMa does. Allocates nothing after the constructor.
 */
public final class Predictor {
  private final Network network;
  private final Layer[] layers;
  private double[] from;
  private double[] to;

  public Predictor(Network network) {
    this.network = network;
    this.layers = network.layers().toArray(new Layer[0]);
    this.from = new double[network.widest()];
    this.to = new double[network.widest()];
  }

  public Network network() {
    return network;
  }

  /**
   * Predicts outputs from the first {@code network().inputs()} entries of the vector.
   *
   * @param vector at least as long as the network has inputs
   * @param outputs filled with {@code network().outputs()} values
   */
  public void predict(float[] vector, double[] outputs) {
    for (int i = 0; i < network.inputs(); i++) {
      from[i] = vector[i];
    }
    for (Layer layer : layers) {
      pass(layer);
      double[] swap = from;
      from = to;
      to = swap;
    }
    System.arraycopy(from, 0, outputs, 0, network.outputs());
  }

  private void pass(Layer layer) {
    double[] in = from;
    double[] out = to;
    int outputs = layer.outputs();
    System.arraycopy(layer.biases(), 0, out, 0, outputs);
    double[][] weights = layer.weights();
    for (int i = 0; i < weights.length; i++) {
      double value = in[i];
      double[] row = weights[i];
      for (int o = 0; o < outputs; o++) {
        out[o] += value * row[o];
      }
    }
    layer.activation().apply(out, outputs);
  }
}
