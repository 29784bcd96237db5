package org.latentspace.training.vae;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.RhythmNetworks.DecoderLayers;
import org.latentspace.model.RhythmNetworks.EncoderLayers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Takes the layers out of a trained graph, with the batch normalisation folded into them. */
final class Export {
  private final ComputationGraph network;

  Export(ComputationGraph network) {
    this.network = network;
  }

  EncoderLayers encoder() {
    return new EncoderLayers(
        List.of(block("encoder.onset.0")),
        List.of(block("encoder.velocity.0")),
        List.of(block("encoder.offset.0")),
        List.of(block("encoder.trunk.0")),
        List.of(dense("encoder.mean.0", ActivationFunction.IDENTITY)),
        List.of(dense("encoder.log_variance.0", ActivationFunction.IDENTITY)));
  }

  DecoderLayers decoder() {
    return new DecoderLayers(
        List.of(block("decoder.trunk.0")),
        List.of(block("decoder.onset.0"), dense("decoder.onset.1", ActivationFunction.SIGMOID)),
        List.of(
            block("decoder.velocity.0"), dense("decoder.velocity.1", ActivationFunction.SIGMOID)),
        List.of(block("decoder.offset.0"), dense("decoder.offset.1", ActivationFunction.TANH)));
  }

  /** y = gamma (xW - mean) / sqrt(variance + epsilon) + beta, written as one dense layer. */
  private DenseLayer block(String name) {
    INDArray matrix = network.getLayer(name).getParam("W");
    int in = (int) matrix.size(0);
    int out = (int) matrix.size(1);
    float[] weight = floats(matrix);
    float[] gamma = floats(network.getLayer(name + ".norm").getParam("gamma"));
    float[] beta = floats(network.getLayer(name + ".norm").getParam("beta"));
    float[] mean = floats(network.getLayer(name + ".norm").getParam("mean"));
    float[] variance = floats(network.getLayer(name + ".norm").getParam("var"));
    float[] bias = new float[out];
    for (int j = 0; j < out; j++) {
      double factor = gamma[j] / Math.sqrt(variance[j] + RhythmNetwork.NORM_EPSILON);
      bias[j] = (float) (beta[j] - mean[j] * factor);
      for (int i = 0; i < in; i++) {
        weight[i * out + j] *= (float) factor;
      }
    }
    return DenseLayer.of(weight, bias, ActivationFunction.LEAKY_RELU);
  }

  private DenseLayer dense(String name, ActivationFunction activation) {
    INDArray matrix = network.getLayer(name).getParam("W");
    float[] bias = floats(network.getLayer(name).getParam("b"));
    return DenseLayer.of(floats(matrix), bias, activation);
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }
}
