package org.latentspace.training.fit;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The slope of the loss over all pairs, by Deeplearning4j.
 *
 * <p>Weights stand flat as Deeplearning4j has them: of each layer the weights, inputs of the first
 * output first, then the biases.
 */
final class Gradients implements AutoCloseable {
  private final FitOrder order;
  private final MultiLayerNetwork network;
  private final INDArray inputs;
  private final INDArray targets;
  private final float[] gradient;

  Gradients(FitOrder order, float[][] scaledInputs) {
    this.order = order;
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .updater(new NoOp())
            .weightInit(WeightInit.ZERO)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .list();
    int from = scaledInputs[0].length;
    for (int units : order.hidden()) {
      Activation curve = Activation.valueOf(order.curve().name());
      list.layer(new DenseLayer.Builder().nIn(from).nOut(units).activation(curve).build());
      from = units;
    }
    list.layer(
        new OutputLayer.Builder(LossFunction.XENT)
            .nIn(from)
            .nOut(order.targets()[0].length)
            .activation(Activation.SIGMOID)
            .build());
    network = new MultiLayerNetwork(list.build());
    network.init();
    inputs = Nd4j.createFromArray(scaledInputs);
    targets = Nd4j.createFromArray(order.targets());
    gradient = new float[(int) network.numParams()];
  }

  /** The slope at these weights, of the mean over the pairs; the array is used again. */
  float[] at(float[] weights) {
    network.params().data().asNioFloat().put(weights);
    network.setInput(inputs);
    network.setLabels(targets);
    network.computeGradientAndScore();
    network.getFlattenedGradients().data().asNioFloat().get(gradient);
    float pairs = order.targets().length;
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= pairs;
    }
    return gradient;
  }

  /** The weights of a network, flat. */
  float[] flat(MappingNetwork from) {
    float[] weights = new float[gradient.length];
    int place = 0;
    for (MappingLayer layer : from.layers()) {
      for (int out = 0; out < layer.outputs(); out++) {
        for (int in = 0; in < layer.inputs(); in++) {
          weights[place++] = layer.weights()[in][out];
        }
      }
      for (float bias : layer.biases()) {
        weights[place++] = bias;
      }
    }
    return weights;
  }

  /** The network of flat weights. */
  MappingNetwork network(float[] weights) {
    List<MappingLayer> layers = new ArrayList<>();
    int place = 0;
    int from = (int) inputs.size(1);
    for (int i = 0; i <= order.hidden().size(); i++) {
      boolean last = i == order.hidden().size();
      int units = last ? order.targets()[0].length : order.hidden().get(i);
      float[][] matrix = new float[from][units];
      float[] biases = new float[units];
      for (int out = 0; out < units; out++) {
        for (int in = 0; in < from; in++) {
          matrix[in][out] = weights[place++];
        }
      }
      for (int out = 0; out < units; out++) {
        biases[out] = weights[place++];
      }
      layers.add(new MappingLayer(last ? Curve.SIGMOID : order.curve(), matrix, biases));
      from = units;
    }
    return new MappingNetwork(layers);
  }

  @Override
  public void close() {
    network.close();
    inputs.close();
    targets.close();
  }
}
