package org.latentspace.training.vae;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;
import static org.bytedeco.openblas.global.openblas.cblas_sger;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Collection;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer without activation as one layer of the graph. */
final class Dense extends DenseLayer {
  private static final long serialVersionUID = 1;

  private final boolean first;

  private Dense(int in, int out, boolean bias, boolean first) {
    this.first = first;
    setNIn(in);
    setNOut(out);
    setHasBias(bias);
    setActivationFn(Activation.IDENTITY.getActivationFunction());
  }

  static Dense withBias(int in, int out) {
    return new Dense(in, out, true, false);
  }

  /**
   * For a normalisation behind it, which has a bias of its own.
   *
   * @param first nothing before it learns, so no gradient has to go back further
   */
  static Dense plain(int in, int out, boolean first) {
    return new Dense(in, out, false, first);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    Step step = new Step(conf, type, first);
    step.setListeners(listeners);
    step.setIndex(index);
    step.setParamsViewArray(parameters);
    step.setParamTable(initializer().init(conf, parameters, initialize));
    step.setConf(conf);
    return step;
  }

  /** Sizes of a layer and a batch: x is rows by in, W in by out, y rows by out. */
  record Shape(int rows, int in, int out) {

    /** Columns of y = x W; x and y lie row by row, W column by column. */
    void forward(FloatPointer x, FloatPointer w, FloatPointer y, int from, int to) {
      FloatPointer ws = w.getPointer((long) from * in);
      FloatPointer ys = y.getPointer(from);
      int n = to - from;
      cblas_sgemm(
          CblasColMajor, CblasTrans, CblasNoTrans, n, rows, in, 1, ws, in, x, in, 0, ys, out);
    }

    /** Adds b to every row of y, multiplied by as many ones. */
    void addBias(FloatPointer b, FloatPointer ones, FloatPointer y) {
      cblas_sger(CblasColMajor, out, rows, 1, b, 1, ones, 1, y, out);
    }

    /** db, the sum of dy's rows. */
    void sum(FloatPointer dy, FloatPointer ones, FloatPointer db) {
      cblas_sgemv(CblasColMajor, CblasNoTrans, out, rows, 1, dy, out, ones, 1, 0, db, 1);
    }

    /** Columns of dW = x' dy. */
    void weigh(FloatPointer x, FloatPointer dy, FloatPointer dw, int from, int to) {
      FloatPointer dys = dy.getPointer(from);
      FloatPointer dws = dw.getPointer((long) from * in);
      int n = to - from;
      cblas_sgemm(
          CblasColMajor, CblasNoTrans, CblasTrans, in, n, rows, 1, x, in, dys, out, 0, dws, in);
    }

    /** dx = dy W'. */
    void back(FloatPointer w, FloatPointer dy, FloatPointer dx) {
      cblas_sgemm(
          CblasColMajor, CblasNoTrans, CblasNoTrans, in, rows, out, 1, w, in, dy, out, 0, dx, in);
    }
  }

  /**
   * Forward and backward, shared out in strips of its outputs. Deeplearning4j's own computes the
   * forward step anew on the way back, and gradients of the network's inputs that nobody wants: a
   * quarter of a training.
   *
   * <p>y = x W + b; the gradients are dW = x' dy, dx = dy W', and db, the sum of dy's rows. W lies
   * column by column, as Deeplearning4j has it; x, y, dx and dy row by row, so that OpenBLAS, which
   * counts by columns here, finds x', y', dx' and dy'. All of it by OpenBLAS: an operation of ND4J
   * along a dimension keeps the list of dimensions in a buffer that may be freed while native code
   * still reads it, and a training crashed in one after eight minutes.
   */
  private static final class Step
      extends org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer {
    private static final long serialVersionUID = 1;

    /**
     * Outputs in a strip. OpenBLAS takes 16 or 24 rows or columns at a time: at a multiple of these
     * the strips together are, bit for bit, what it computes in one go.
     */
    private static final int STRIP = 144;

    private final boolean first;
    private transient FloatPointer ones;

    Step(NeuralNetConfiguration conf, DataType type, boolean first) {
      super(conf, type);
      this.first = first;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspace) {
      INDArray weight = getParam(DefaultParamInitializer.WEIGHT_KEY);
      INDArray x = byRows(input);
      Shape shape = shape(x, weight);
      INDArray y =
          workspace.createUninitialized(
              ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {shape.rows, shape.out}, 'c');
      FloatPointer xs = numbers(x);
      FloatPointer ws = numbers(weight);
      FloatPointer ys = numbers(y);
      ParallelStrips.each(shape.out, STRIP, (from, to) -> shape.forward(xs, ws, ys, from, to));
      Reference.reachabilityFence(x);
      if (hasBias()) {
        INDArray bias = getParam(DefaultParamInitializer.BIAS_KEY);
        shape.addBias(numbers(bias), ones(shape.rows), ys);
        Reference.reachabilityFence(bias);
      }
      return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(
        INDArray epsilon, LayerWorkspaceMgr workspace) {
      INDArray dy = byRows(epsilon);
      Gradient gradient = new DefaultGradient();
      INDArray toWeight = gradientViews.get(DefaultParamInitializer.WEIGHT_KEY);
      gradient.setGradientFor(DefaultParamInitializer.WEIGHT_KEY, toWeight);
      INDArray x = byRows(input);
      Shape shape = shape(x, toWeight);
      FloatPointer xs = numbers(x);
      FloatPointer dys = numbers(dy);
      FloatPointer dws = numbers(toWeight);
      if (hasBias()) {
        INDArray toBias = gradientViews.get(DefaultParamInitializer.BIAS_KEY);
        shape.sum(dys, ones(shape.rows), numbers(toBias));
        gradient.setGradientFor(DefaultParamInitializer.BIAS_KEY, toBias);
      }
      ParallelStrips.Work weigh = (from, to) -> shape.weigh(xs, dys, dws, from, to);
      INDArray dx = null;
      if (first) {
        ParallelStrips.each(shape.out, STRIP, weigh);
      } else {
        dx =
            workspace.createUninitialized(
                ArrayType.ACTIVATION_GRAD, DataType.FLOAT, new long[] {shape.rows, shape.in}, 'c');
        FloatPointer dxs = numbers(dx);
        FloatPointer ws = numbers(getParam(DefaultParamInitializer.WEIGHT_KEY));
        ParallelStrips.beside(() -> shape.back(ws, dys, dxs), shape.out, STRIP, weigh);
      }
      // Copies made by byRows would else be free to go while their numbers are still read.
      Reference.reachabilityFence(x);
      Reference.reachabilityFence(dy);
      return new Pair<>(gradient, dx);
    }

    private FloatPointer ones(int count) {
      if (ones == null || ones.capacity() < count) {
        float[] all = new float[count];
        Arrays.fill(all, 1);
        ones = new FloatPointer(all);
      }
      return ones;
    }

    private static Shape shape(INDArray x, INDArray weight) {
      return new Shape((int) x.size(0), (int) weight.size(0), (int) weight.size(1));
    }

    private static FloatPointer numbers(INDArray array) {
      return (FloatPointer) array.data().addressPointer();
    }

    private static INDArray byRows(INDArray array) {
      boolean dense = array.ordering() == 'c' && array.stride(0) == array.size(1);
      return dense && array.stride(1) == 1 ? array : array.dup('c');
    }
  }
}
