package org.latentspace.training.vae;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.RhythmNetworks;
import org.latentspace.training.rhythm.Example;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The layers of a network as a model file has them, where batch normalisation is folded into the
 * dense layers: taken out of a trained network, or put into a fresh one, which then answers as the
 * model does.
 */
final class NetworkLayers {
  private static final int MOST_EXAMPLES = 1024;

  private final ComputationGraph network;

  NetworkLayers(ComputationGraph network) {
    this.network = network;
  }

  RhythmNetworks networks() {
    return new RhythmNetworks(
        new RhythmNetworks.EncoderLayers(
            List.of(block("encoder.onset.0")),
            List.of(block("encoder.velocity.0")),
            List.of(block("encoder.offset.0")),
            List.of(block("encoder.trunk.0")),
            List.of(dense("encoder.mean.0", ActivationFunction.IDENTITY)),
            List.of(dense("encoder.log_variance.0", ActivationFunction.IDENTITY))),
        new RhythmNetworks.DecoderLayers(
            List.of(block("decoder.trunk.0")),
            head("decoder.onset", ActivationFunction.SIGMOID),
            head("decoder.velocity", ActivationFunction.SIGMOID),
            head("decoder.offset", ActivationFunction.TANH)));
  }

  private List<DenseLayer> head(String name, ActivationFunction activation) {
    return List.of(block(name + ".0"), dense(name + ".1", activation));
  }

  /** y = gamma (xW - mean) / sqrt(variance + epsilon) + beta, written as one dense layer. */
  private DenseLayer block(String name) {
    float[] weight = floats(name, "W");
    float[] gamma = floats(name + ".norm", "gamma");
    float[] beta = floats(name + ".norm", "beta");
    float[] mean = floats(name + ".norm", "mean");
    float[] variance = floats(name + ".norm", "var");
    float[] bias = new float[gamma.length];
    for (int j = 0; j < bias.length; j++) {
      double factor = gamma[j] / Math.sqrt(variance[j] + RhythmNetwork.NORM_EPSILON);
      bias[j] = (float) (beta[j] - mean[j] * factor);
      for (int i = j; i < weight.length; i += bias.length) {
        weight[i] *= (float) factor;
      }
    }
    return DenseLayer.of(weight, bias, ActivationFunction.LEAKY_RELU);
  }

  private DenseLayer dense(String name, ActivationFunction activation) {
    return DenseLayer.of(floats(name, "W"), floats(name, "b"), activation);
  }

  private float[] floats(String layer, String parameter) {
    return Norm.floats(network.getLayer(layer).getParam(parameter));
  }

  /**
   * Puts layers into the network: a dense layer of the file is h = x W + b. The normalisation is
   * unfolded by what the examples make of x W: their mean m and variance v become the running ones,
   * and gamma = sqrt(v + epsilon), beta = b + m give h again; in training, too, where a batch's own
   * mean and variance stand for m and v.
   *
   * @throws IllegalArgumentException where the layers have other sizes than the network's
   */
  void load(RhythmNetworks from, List<Example> examples) {
    from.layers().forEach(this::load);
    if (examples.size() < 2) {
      return;
    }
    List<Example> some = examples.subList(0, Math.min(examples.size(), MOST_EXAMPLES));
    int latent = from.layers().get("encoder.mean.0").out();
    Map<String, INDArray> heard = network.feedForward(Validation.inputs(some, latent), false);
    from.layers()
        .forEach(
            (name, layer) -> {
              if (isNormalised(layer)) {
                normalise(name, layer, heard.get(name).mean(0), heard.get(name).var(false, 0));
              }
            });
  }

  /** Its normalisation is the identity plus the layer's bias. */
  private void load(String name, DenseLayer layer) {
    INDArray weight = network.getLayer(name).getParam("W");
    if (weight.size(0) != layer.in() || weight.size(1) != layer.out()) {
      throw new IllegalArgumentException(
          String.format(
              "%s is %d x %d in the version to continue from, but %d x %d here",
              name, layer.in(), layer.out(), weight.size(0), weight.size(1)));
    }
    weight.assign(Nd4j.createFromArray(layer.weights()).reshape(layer.in(), layer.out()));
    if (isNormalised(layer)) {
      INDArray variance = Nd4j.zeros(layer.out()).addi(1 - RhythmNetwork.NORM_EPSILON);
      normalise(name, layer, Nd4j.zeros(layer.out()), variance);
    } else {
      network.getLayer(name).getParam("b").assign(Nd4j.createFromArray(layer.bias()));
    }
  }

  private static boolean isNormalised(DenseLayer layer) {
    return layer.activation() == ActivationFunction.LEAKY_RELU;
  }

  private void normalise(String name, DenseLayer layer, INDArray mean, INDArray variance) {
    set(name, "mean", mean);
    set(name, "var", variance);
    set(name, "gamma", Transforms.sqrt(variance.add(RhythmNetwork.NORM_EPSILON)));
    set(name, "beta", Nd4j.createFromArray(layer.bias()).addi(mean));
  }

  private void set(String name, String parameter, INDArray values) {
    INDArray place = network.getLayer(name + ".norm").getParam(parameter);
    place.assign(values.reshape(place.shape()));
  }
}
