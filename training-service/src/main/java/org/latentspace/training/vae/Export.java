package org.latentspace.training.vae;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.latentspace.training.model.DenseLayer;
import org.latentspace.training.model.DenseLayer.Activation;
import org.latentspace.training.model.RhythmModel.Decoder;
import org.latentspace.training.model.RhythmModel.Encoder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Takes the layers out of a trained graph, with the batch normalisation folded into them. */
final class Export {
  private final ComputationGraph network;

  Export(ComputationGraph network) {
    this.network = network;
  }

  Encoder encoder() {
    return new Encoder(
        List.of(block("encoder.onset.0")),
        List.of(block("encoder.velocity.0")),
        List.of(block("encoder.offset.0")),
        List.of(block("encoder.trunk.0")),
        dense("encoder.mean.0", Activation.IDENTITY),
        dense("encoder.log_variance.0", Activation.IDENTITY));
  }

  Decoder decoder() {
    return new Decoder(
        List.of(block("decoder.trunk.0")),
        List.of(block("decoder.onset.0"), dense("decoder.onset.1", Activation.SIGMOID)),
        List.of(block("decoder.velocity.0"), dense("decoder.velocity.1", Activation.SIGMOID)),
        List.of(block("decoder.offset.0"), dense("decoder.offset.1", Activation.TANH)));
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
    return new DenseLayer(name, in, out, weight, bias, Activation.LEAKY_RELU);
  }

  private DenseLayer dense(String name, Activation activation) {
    INDArray matrix = network.getLayer(name).getParam("W");
    float[] bias = floats(network.getLayer(name).getParam("b"));
    return new DenseLayer(
        name, (int) matrix.size(0), bias.length, floats(matrix), bias, activation);
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }
}
