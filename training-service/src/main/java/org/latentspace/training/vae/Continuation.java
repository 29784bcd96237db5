package org.latentspace.training.vae;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.latentspace.training.model.DenseLayer;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Puts the layers of a model file into a fresh network, so that it answers as the model does.
 *
 * <p>In the file the batch normalisation is folded into the dense layers: h = x W + b. It is
 * unfolded by what the examples make of x W: their mean m and variance v become the running ones,
 * and gamma = sqrt(v + epsilon), beta = b + m give h again; in training, too, where a batch's own
 * mean and variance stand for m and v.
 */
final class Continuation {
  private static final int MOST_EXAMPLES = 1024;

  private Continuation() {}

  /** Throws IllegalArgumentException where the layers have other sizes than the network's. */
  static void load(ComputationGraph network, RhythmModel from, List<Example> examples) {
    for (DenseLayer layer : from.layers()) {
      INDArray weight = network.getLayer(layer.name()).getParam("W");
      if (weight.size(0) != layer.inputs() || weight.size(1) != layer.outputs()) {
        throw new IllegalArgumentException(
            layer.name()
                + " is "
                + layer.inputs()
                + " x "
                + layer.outputs()
                + " in the version to continue from, but "
                + weight.size(0)
                + " x "
                + weight.size(1)
                + " here");
      }
      weight.assign(Nd4j.createFromArray(layer.weight()).reshape(layer.inputs(), layer.outputs()));
      if (isNormalised(layer)) {
        normalise(network, layer, 0, 1 - RhythmNetwork.NORM_EPSILON);
      } else {
        network.getLayer(layer.name()).getParam("b").assign(Nd4j.createFromArray(layer.bias()));
      }
    }
    unfold(network, from, examples.subList(0, Math.min(examples.size(), MOST_EXAMPLES)));
  }

  private static boolean isNormalised(DenseLayer layer) {
    return layer.activation() == DenseLayer.Activation.LEAKY_RELU;
  }

  /** Makes the normalisation an identity plus the layer's bias. */
  private static void normalise(
      ComputationGraph network, DenseLayer layer, double mean, double variance) {
    set(network, layer, "mean", Nd4j.zeros(1, layer.outputs()).addi(mean));
    set(network, layer, "var", Nd4j.zeros(1, layer.outputs()).addi(variance));
    set(network, layer, "gamma", Nd4j.ones(1, layer.outputs()));
    set(network, layer, "beta", Nd4j.createFromArray(layer.bias()));
  }

  private static void unfold(ComputationGraph network, RhythmModel from, List<Example> examples) {
    if (examples.size() < 2) {
      return;
    }
    Map<String, INDArray> heard =
        network.feedForward(Judge.inputs(examples, from.latentSize()), false);
    for (DenseLayer layer : from.layers()) {
      if (isNormalised(layer)) {
        INDArray before = heard.get(layer.name());
        INDArray mean = before.mean(0);
        INDArray variance = before.var(false, 0);
        set(network, layer, "mean", mean);
        set(network, layer, "var", variance);
        set(
            network,
            layer,
            "gamma",
            org.nd4j.linalg.ops.transforms.Transforms.sqrt(
                variance.add(RhythmNetwork.NORM_EPSILON)));
        set(network, layer, "beta", Nd4j.createFromArray(layer.bias()).addi(mean));
      }
    }
  }

  private static void set(
      ComputationGraph network, DenseLayer layer, String parameter, INDArray values) {
    INDArray place = network.getLayer(layer.name() + ".norm").getParam(parameter);
    place.assign(values.reshape(place.shape()));
  }
}
