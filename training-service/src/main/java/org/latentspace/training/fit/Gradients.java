package org.latentspace.training.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;

/**
 * The slope of the loss over all rows: forward and back through the layers in plain loops, which
 * for some fifty weights take less time than any library's calls, and leave no garbage.
 *
 * <p>Cross entropy between outputs and targets, the outputs behind a sigmoid: its slope at an
 * output's sum is the output minus the target. Weights stand flat: of each layer the weights,
 * inputs of the first output first, then the biases. Rows are gone through in blocks of {@value
 * #BLOCK}, each value of a block beside the next row's, so that the processor takes several at
 * once. Sums are made in one order: the same rows and weights give the same bits. For one thread.
 */
final class Gradients {
  private static final int BLOCK = 256;

  private final FitOrder order;
  private final int rows;
  private final int[] units;
  private final ActivationFunction[] activations;
  // [block][input or output][row of the block]
  private final float[][][] inputs;
  private final float[][][] targets;
  // [layer][output][row of the block]: what the layer makes, and the slope of the loss at its sums.
  private final float[][][] values;
  private final float[][][] slopes;
  private final float[] gradient;

  /**
   * @param scaledInputs those of the order, centred and stretched, a row each
   */
  Gradients(FitOrder order, float[][] scaledInputs) {
    this.order = order;
    rows = scaledInputs.length;
    int layers = order.plan().hidden().size() + 1;
    units = new int[layers + 1];
    units[0] = scaledInputs[0].length;
    units[layers] = order.targets()[0].length;
    activations = new ActivationFunction[layers];
    activations[layers - 1] = ActivationFunction.SIGMOID;
    for (int i = 1; i < layers; i++) {
      units[i] = order.plan().hidden().get(i - 1);
      activations[i - 1] = order.plan().activation();
    }
    inputs = blocks(scaledInputs);
    targets = blocks(order.targets());
    values = new float[layers][][];
    slopes = new float[layers][][];
    int weights = 0;
    for (int i = 0; i < layers; i++) {
      values[i] = new float[units[i + 1]][BLOCK];
      slopes[i] = new float[units[i + 1]][BLOCK];
      weights += (units[i] + 1) * units[i + 1];
    }
    gradient = new float[weights];
  }

  private static float[][][] blocks(float[][] rows) {
    float[][][] blocks = new float[(rows.length + BLOCK - 1) / BLOCK][rows[0].length][BLOCK];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < rows[row].length; i++) {
        blocks[row / BLOCK][i][row % BLOCK] = rows[row][i];
      }
    }
    return blocks;
  }

  /** The slope at these weights, of the mean over the rows; the array is used again. */
  float[] at(float[] weights) {
    Arrays.fill(gradient, 0);
    for (int block = 0; block < inputs.length; block++) {
      int count = Math.min(BLOCK, rows - block * BLOCK);
      forward(weights, block, count);
      back(weights, block, count);
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= rows;
    }
    return gradient;
  }

  /** Mean squared error over the first rows, those of the pairs, and the outputs. */
  double loss(float[] weights) {
    int pairs = order.pairs();
    double sum = 0;
    for (int block = 0; block * BLOCK < pairs; block++) {
      int count = Math.min(BLOCK, pairs - block * BLOCK);
      forward(weights, block, count);
      float[][] made = values[values.length - 1];
      for (int out = 0; out < made.length; out++) {
        float[] wanted = targets[block][out];
        for (int row = 0; row < count; row++) {
          double error = made[out][row] - wanted[row];
          sum += error * error;
        }
      }
    }
    return sum / pairs / units[units.length - 1];
  }

  private void forward(float[] weights, int block, int count) {
    float[][] from = inputs[block];
    int place = 0;
    for (int layer = 0; layer < values.length; layer++) {
      int biases = place + units[layer] * units[layer + 1];
      for (int out = 0; out < units[layer + 1]; out++) {
        float[] sums = values[layer][out];
        Arrays.fill(sums, 0, count, weights[biases + out]);
        for (int in = 0; in < units[layer]; in++) {
          add(sums, weights[place++], from[in], count);
        }
        for (int row = 0; row < count; row++) {
          sums[row] = (float) activations[layer].of(sums[row]);
        }
      }
      place = biases + units[layer + 1];
      from = values[layer];
    }
  }

  private void back(float[] weights, int block, int count) {
    int last = values.length - 1;
    for (int out = 0; out < units[last + 1]; out++) {
      for (int row = 0; row < count; row++) {
        slopes[last][out][row] = values[last][out][row] - targets[block][out][row];
      }
    }
    int end = weights.length;
    for (int layer = last; layer >= 0; layer--) {
      int begin = end - (units[layer] + 1) * units[layer + 1];
      collect(layer, layer == 0 ? inputs[block] : values[layer - 1], begin, count);
      if (layer > 0) {
        handDown(weights, layer, begin, count);
      }
      end = begin;
    }
  }

  /** Adds what these rows say of a layer's weights and biases. */
  private void collect(int layer, float[][] from, int begin, int count) {
    int place = begin;
    for (int out = 0; out < units[layer + 1]; out++) {
      for (int in = 0; in < units[layer]; in++) {
        gradient[place++] += product(slopes[layer][out], from[in], count);
      }
    }
    for (int out = 0; out < units[layer + 1]; out++) {
      float sum = 0;
      for (int row = 0; row < count; row++) {
        sum += slopes[layer][out][row];
      }
      gradient[place++] += sum;
    }
  }

  /** The slopes at the sums of the layer below. */
  private void handDown(float[] weights, int layer, int begin, int count) {
    ActivationFunction activation = activations[layer - 1];
    for (int in = 0; in < units[layer]; in++) {
      float[] below = slopes[layer - 1][in];
      Arrays.fill(below, 0, count, 0);
      for (int out = 0; out < units[layer + 1]; out++) {
        add(below, weights[begin + out * units[layer] + in], slopes[layer][out], count);
      }
      float[] made = values[layer - 1][in];
      for (int row = 0; row < count; row++) {
        below[row] *= activation.derivative(made[row]);
      }
    }
  }

  private static void add(float[] sums, float weight, float[] from, int count) {
    for (int row = 0; row < count; row++) {
      sums[row] += weight * from[row];
    }
  }

  /** In four sums, which do not wait for each other. */
  private static float product(float[] a, float[] b, int count) {
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0;
    int row = 0;
    for (; row + 3 < count; row += 4) {
      first += a[row] * b[row];
      second += a[row + 1] * b[row + 1];
      third += a[row + 2] * b[row + 2];
      fourth += a[row + 3] * b[row + 3];
    }
    for (; row < count; row++) {
      first += a[row] * b[row];
    }
    return (first + second) + (third + fourth);
  }

  /** The weights of a network, flat. */
  float[] flat(MappingNetwork from) {
    float[] weights = new float[gradient.length];
    int place = 0;
    for (MappingLayer layer : from.layers()) {
      for (int out = 0; out < layer.outputs(); out++) {
        for (int in = 0; in < layer.inputs(); in++) {
          weights[place++] = (float) layer.weights()[in][out];
        }
      }
      for (double bias : layer.biases()) {
        weights[place++] = (float) bias;
      }
    }
    return weights;
  }

  /** The network of flat weights. */
  MappingNetwork network(float[] weights) {
    List<MappingLayer> layers = new ArrayList<>();
    int place = 0;
    for (int layer = 0; layer < activations.length; layer++) {
      double[][] matrix = new double[units[layer]][units[layer + 1]];
      for (int out = 0; out < units[layer + 1]; out++) {
        for (int in = 0; in < units[layer]; in++) {
          matrix[in][out] = weights[place++];
        }
      }
      double[] biases = new double[units[layer + 1]];
      for (int out = 0; out < biases.length; out++) {
        biases[out] = weights[place++];
      }
      layers.add(new MappingLayer(activations[layer], matrix, biases));
    }
    return new MappingNetwork(layers);
  }
}
