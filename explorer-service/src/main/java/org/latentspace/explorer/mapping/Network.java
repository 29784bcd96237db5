package org.latentspace.explorer.mapping;

import java.util.List;

/**
 * A taught network of dense layers; it never changes, so performers that begin with the same one
 * may share it. {@link Predictor} runs it.
 *
 * @param layers at least one; the outputs of each are the inputs of the next
 */
public record Network(List<Layer> layers) {

  public Network {
    layers = List.copyOf(layers);
  }

  public int inputs() {
    return layers.get(0).inputs();
  }

  public int outputs() {
    return layers.get(layers.size() - 1).outputs();
  }

  /** The widest row of values that a forward pass needs. */
  int widest() {
    int widest = inputs();
    for (Layer layer : layers) {
      widest = Math.max(widest, layer.outputs());
    }
    return widest;
  }
}
