package org.latentspace.training.vae;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.lang.ref.Reference;
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

  /**
   * Forward and backward, shared out in strips of its outputs. Deeplearning4j's own computes the
   * forward step anew on the way back, and gradients of the network's inputs that nobody wants: a
   * quarter of a training.
   *
   * <p>y = x W + b; the gradients are dW = x' dy, dx = dy W', and db, the sum of dy's rows. W lies
   * column by column, as Deeplearning4j has it; x, y, dx and dy row by row, so that OpenBLAS, which
   * counts by columns here, finds x', y', dx' and dy'.
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

    Step(NeuralNetConfiguration conf, DataType type, boolean first) {
      super(conf, type);
      this.first = first;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspace) {
      INDArray weight = getParam(DefaultParamInitializer.WEIGHT_KEY);
      int rows = (int) input.size(0);
      int in = (int) weight.size(0);
      int out = (int) weight.size(1);
      long[] shape = {rows, out};
      INDArray y = workspace.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
      Matrix x = Matrix.plain(byRows(input), in);
      Matrix w = Matrix.plain(weight, in);
      Matrix product = Matrix.plain(y, out);
      ParallelStrips.each(out, STRIP, (from, to) -> forward(x, w, product, rows, from, to));
      if (hasBias()) {
        y.addiRowVector(getParam(DefaultParamInitializer.BIAS_KEY));
      }
      return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(
        INDArray epsilon, LayerWorkspaceMgr workspace) {
      INDArray dy = byRows(epsilon);
      Gradient gradient = new DefaultGradient();
      if (hasBias()) {
        INDArray toBias = gradientViews.get(DefaultParamInitializer.BIAS_KEY);
        dy.sum(toBias, 0);
        gradient.setGradientFor(DefaultParamInitializer.BIAS_KEY, toBias);
      }
      INDArray toWeight = gradientViews.get(DefaultParamInitializer.WEIGHT_KEY);
      gradient.setGradientFor(DefaultParamInitializer.WEIGHT_KEY, toWeight);
      int rows = (int) dy.size(0);
      int in = (int) toWeight.size(0);
      int out = (int) toWeight.size(1);
      Matrix x = Matrix.plain(byRows(input), in);
      Matrix turned = Matrix.turned(dy, out);
      Matrix dw = Matrix.plain(toWeight, in);
      ParallelStrips.Work weigh = (from, to) -> multiply(x, turned, rows, dw, from, to);
      if (first) {
        ParallelStrips.each(out, STRIP, weigh);
        return new Pair<>(gradient, null);
      }
      INDArray dx =
          workspace.createUninitialized(
              ArrayType.ACTIVATION_GRAD, DataType.FLOAT, new long[] {rows, in}, 'c');
      Matrix back = Matrix.plain(dx, in);
      Matrix w = Matrix.plain(getParam(DefaultParamInitializer.WEIGHT_KEY), in);
      Matrix plain = Matrix.plain(dy, out);
      ParallelStrips.beside(() -> multiply(w, plain, out, back, 0, rows), out, STRIP, weigh);
      return new Pair<>(gradient, dx);
    }

    /** Some of the outputs of all rows. */
    private static void forward(Matrix x, Matrix w, Matrix y, int rows, int from, int to) {
      try {
        cblas_sgemm(
            CblasColMajor,
            CblasTrans,
            CblasNoTrans,
            to - from,
            rows,
            w.height,
            1f,
            w.column(from),
            w.height,
            x.values,
            x.height,
            0f,
            y.values.getPointer(from),
            y.height);
      } finally {
        Reference.reachabilityFence(x.array);
      }
    }

    /** Columns of c = a b, where a has `inner` columns and b as many rows. */
    private static void multiply(Matrix a, Matrix b, int inner, Matrix c, int from, int to) {
      int width = to - from;
      FloatPointer bs = b.column(from);
      FloatPointer cs = c.column(from);
      try {
        cblas_sgemm(
            CblasColMajor,
            a.how(),
            b.how(),
            c.height,
            width,
            inner,
            1f,
            a.values,
            a.height,
            bs,
            b.height,
            0f,
            cs,
            c.height);
      } finally {
        // A copy made by byRows would else be free to go while its numbers are still read.
        Reference.reachabilityFence(a.array);
        Reference.reachabilityFence(b.array);
      }
    }

    /** Numbers in columns of a height; turned: rows are meant that lie so. */
    private record Matrix(INDArray array, FloatPointer values, int height, boolean turned) {
      static Matrix plain(INDArray array, int height) {
        return new Matrix(array, (FloatPointer) array.data().addressPointer(), height, false);
      }

      static Matrix turned(INDArray array, int height) {
        return new Matrix(array, (FloatPointer) array.data().addressPointer(), height, true);
      }

      FloatPointer column(int number) {
        return values.getPointer(turned ? number : (long) number * height);
      }

      int how() {
        return turned ? CblasTrans : CblasNoTrans;
      }
    }

    private static INDArray byRows(INDArray array) {
      boolean dense = array.ordering() == 'c' && array.stride(0) == array.size(1);
      return dense && array.stride(1) == 1 ? array : array.dup('c');
    }
  }
}
