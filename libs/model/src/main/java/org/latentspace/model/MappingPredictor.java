package org.latentspace.model;

/**
 * Runs a mapping's network forward; holds the room for one pass, so each performer has its own.
 *
 * <p>Allocates nothing after the constructor.
 */
public final class MappingPredictor {
  private final MappingNetwork network;
  private final MappingLayer[] layers;
  private double[] from;
  private double[] to;

  public MappingPredictor(MappingNetwork network) {
    this.network = network;
    this.layers = network.layers().toArray(new MappingLayer[0]);
    this.from = new double[network.widest()];
    this.to = new double[network.widest()];
  }

  public MappingNetwork network() {
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
    for (MappingLayer layer : layers) {
      layer.forward(from, to);
      double[] swap = from;
      from = to;
      to = swap;
    }
    System.arraycopy(from, 0, outputs, 0, network.outputs());
  }
}
