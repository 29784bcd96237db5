package org.latentspace.training.vae;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.latentspace.model.ActivationFunction;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalisation and leaky ReLU as one layer of the graph. */
final class Norm extends BatchNormalization {
  private static final long serialVersionUID = 1;

  Norm(int size, double epsilon, double decay) {
    setNIn(size);
    setNOut(size);
    setEps(epsilon);
    setDecay(decay);
    setGamma(1);
    setBeta(0);
    setMinibatch(true);
    setUseLogStd(false);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    Step step = new Step(conf, type);
    step.setListeners(listeners);
    step.setIndex(index);
    step.setParamsViewArray(parameters);
    step.setParamTable(initializer().init(conf, parameters, initialize));
    step.setConf(conf);
    return step;
  }

  /** The numbers of an array row by row, whichever way they lie. */
  static float[] floats(INDArray array) {
    float[] values = new float[(int) array.length()];
    boolean plain = array.rank() < 2 || array.size(0) == 1 || array.ordering() == 'c';
    INDArray rows = plain && array.elementWiseStride() == 1 ? array : array.dup('c');
    rows.data().asNioFloat().get(values);
    return values;
  }

  /**
   * Batch normalisation (Ioffe and Szegedy 2015) and leaky ReLU, forward and backward, in loops
   * that Java's compiler vectorises. Deeplearning4j's two layers make some thirty native calls of
   * it, a third of a training on the processor.
   */
  private static final class Step
      extends org.deeplearning4j.nn.layers.normalization.BatchNormalization {
    private static final long serialVersionUID = 1;
    private static final float LEAK = ActivationFunction.USUAL_SLOPE;

    /** A positive number times this is above 1; a comparison would not be vectorised. */
    private static final float STEEP = Float.MAX_VALUE;

    private transient float[] normal;
    private transient float[] result;
    private transient float[] mean;
    private transient float[] variance;
    private transient float[] narrow;

    Step(NeuralNetConfiguration conf, DataType type) {
      super(conf, type);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspace) {
      int rows = (int) input.size(0);
      int size = (int) input.size(1);
      normal = floats(input);
      result = new float[normal.length];
      if (training) {
        measure(rows, size);
      } else {
        mean = parameter(BatchNormalizationParamInitializer.GLOBAL_MEAN);
        variance = parameter(BatchNormalizationParamInitializer.GLOBAL_VAR);
      }
      float epsilon = (float) layerConf().getEps();
      narrow = new float[size];
      for (int j = 0; j < size; j++) {
        narrow[j] = 1 / (float) Math.sqrt(variance[j] + epsilon);
      }
      float[] gamma = parameter(BatchNormalizationParamInitializer.GAMMA);
      float[] beta = parameter(BatchNormalizationParamInitializer.BETA);
      for (int row = 0; row < rows; row++) {
        forward(row * size, gamma, beta);
      }
      return written(workspace, ArrayType.ACTIVATIONS, result, rows);
    }

    private void forward(int at, float[] gamma, float[] beta) {
      for (int j = 0; j < gamma.length; j++) {
        float x = (normal[at + j] - mean[j]) * narrow[j];
        float y = gamma[j] * x + beta[j];
        normal[at + j] = x;
        result[at + j] = Math.max(y, LEAK * y);
      }
    }

    private void measure(int rows, int size) {
      mean = new float[size];
      variance = new float[size];
      for (int row = 0; row < rows; row++) {
        for (int j = 0; j < size; j++) {
          mean[j] += normal[row * size + j];
        }
      }
      for (int j = 0; j < size; j++) {
        mean[j] /= rows;
      }
      for (int row = 0; row < rows; row++) {
        for (int j = 0; j < size; j++) {
          float away = normal[row * size + j] - mean[j];
          variance[j] += away * away;
        }
      }
      for (int j = 0; j < size; j++) {
        variance[j] /= rows;
      }
    }

    /** Of the output's gradient: those of gamma, beta and the input. */
    @Override
    public Pair<Gradient, INDArray> backpropGradient(
        INDArray epsilon, LayerWorkspaceMgr workspace) {
      int rows = (int) epsilon.size(0);
      int size = (int) epsilon.size(1);
      float[] change = floats(epsilon);
      float[] toGamma = new float[size];
      float[] toBeta = new float[size];
      for (int row = 0; row < rows; row++) {
        gather(row * size, change, toGamma, toBeta);
      }
      float[] gamma = parameter(BatchNormalizationParamInitializer.GAMMA);
      for (int row = 0; row < rows; row++) {
        int at = row * size;
        for (int j = 0; j < size; j++) {
          float centred = change[at + j] - (toBeta[j] + normal[at + j] * toGamma[j]) / rows;
          change[at + j] = gamma[j] * narrow[j] * centred;
        }
      }
      Gradient gradient = new DefaultGradient();
      put(gradient, BatchNormalizationParamInitializer.GAMMA, toGamma);
      put(gradient, BatchNormalizationParamInitializer.BETA, toBeta);
      run(BatchNormalizationParamInitializer.GLOBAL_MEAN, mean);
      run(BatchNormalizationParamInitializer.GLOBAL_VAR, variance);
      return new Pair<>(gradient, written(workspace, ArrayType.ACTIVATION_GRAD, change, rows));
    }

    private void gather(int at, float[] change, float[] toGamma, float[] toBeta) {
      for (int j = 0; j < toGamma.length; j++) {
        float slope = Math.min(1, Math.max(LEAK, STEEP * result[at + j]));
        float each = slope * change[at + j];
        change[at + j] = each;
        toBeta[j] += each;
        toGamma[j] += each * normal[at + j];
      }
    }

    /** Takes the running figures along; their gradient stays 0, so no updater moves them. */
    private void run(String name, float[] now) {
      float[] running = parameter(name);
      float share = 1 - (float) layerConf().getDecay();
      for (int j = 0; j < now.length; j++) {
        running[j] -= share * (running[j] - now[j]);
      }
      params.get(name).data().asNioFloat().put(running);
    }

    private void put(Gradient gradient, String name, float[] values) {
      INDArray view = gradientViews.get(name);
      view.data().asNioFloat().put(values);
      gradient.setGradientFor(name, view);
    }

    private float[] parameter(String name) {
      return floats(params.get(name));
    }

    private static INDArray written(
        LayerWorkspaceMgr workspace, ArrayType place, float[] values, int rows) {
      INDArray array =
          workspace.createUninitialized(place, DataType.FLOAT, rows, values.length / rows);
      array.data().asNioFloat().put(values);
      return array;
    }
  }
}
