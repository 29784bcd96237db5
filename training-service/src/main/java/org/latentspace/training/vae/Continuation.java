package org.latentspace.training.vae;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.RhythmNetworks;
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
    for (Map.Entry<String, DenseLayer> each : layers(from).entrySet()) {
      String name = each.getKey();
      DenseLayer layer = each.getValue();
      INDArray weight = network.getLayer(name).getParam("W");
      if (weight.size(0) != layer.in() || weight.size(1) != layer.out()) {
        throw new IllegalArgumentException(
            name
                + " is "
                + layer.in()
                + " x "
                + layer.out()
                + " in the version to continue from, but "
                + weight.size(0)
                + " x "
                + weight.size(1)
                + " here");
      }
      weight.assign(Nd4j.createFromArray(layer.weights()).reshape(layer.in(), layer.out()));
      if (isNormalised(layer)) {
        normalise(network, name, layer, 0, 1 - RhythmNetwork.NORM_EPSILON);
      } else {
        network.getLayer(name).getParam("b").assign(Nd4j.createFromArray(layer.bias()));
      }
    }
    unfold(network, from, examples.subList(0, Math.min(examples.size(), MOST_EXAMPLES)));
  }

  /** By the names that the network has for them, too. */
  private static Map<String, DenseLayer> layers(RhythmModel from) {
    return new RhythmNetworks(from.encoder(), from.decoder()).layers();
  }

  private static boolean isNormalised(DenseLayer layer) {
    return layer.activation() == ActivationFunction.LEAKY_RELU;
  }

  /** Makes the normalisation an identity plus the layer's bias. */
  private static void normalise(
      ComputationGraph network, String name, DenseLayer layer, double mean, double variance) {
    set(network, name, "mean", Nd4j.zeros(1, layer.out()).addi(mean));
    set(network, name, "var", Nd4j.zeros(1, layer.out()).addi(variance));
    set(network, name, "gamma", Nd4j.ones(1, layer.out()));
    set(network, name, "beta", Nd4j.createFromArray(layer.bias()));
  }

  private static void unfold(ComputationGraph network, RhythmModel from, List<Example> examples) {
    if (examples.size() < 2) {
      return;
    }
    Map<String, INDArray> heard =
        network.feedForward(Validation.inputs(examples, from.latentSize()), false);
    for (Map.Entry<String, DenseLayer> each : layers(from).entrySet()) {
      String name = each.getKey();
      if (isNormalised(each.getValue())) {
        INDArray before = heard.get(name);
        INDArray mean = before.mean(0);
        INDArray variance = before.var(false, 0);
        set(network, name, "mean", mean);
        set(network, name, "var", variance);
        set(
            network,
            name,
            "gamma",
            org.nd4j.linalg.ops.transforms.Transforms.sqrt(
                variance.add(RhythmNetwork.NORM_EPSILON)));
        set(network, name, "beta", Nd4j.createFromArray(each.getValue().bias()).addi(mean));
      }
    }
  }

  private static void set(
      ComputationGraph network, String name, String parameter, INDArray values) {
    INDArray place = network.getLayer(name + ".norm").getParam(parameter);
    place.assign(values.reshape(place.shape()));
  }
}
