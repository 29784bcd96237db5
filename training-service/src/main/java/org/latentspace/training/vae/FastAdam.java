package org.latentspace.training.vae;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam (Kingma and Ba 2015) in one pass over the parameters, in loops that Java's compiler
 * vectorises. Deeplearning4j's own takes 12 ns a parameter and a third of a training, and another
 * pass to subtract the step.
 */
final class FastAdam {
  private static final float MEAN_DECAY = 0.9f;
  private static final float SQUARE_DECAY = 0.999f;
  private static final float EPSILON = 1e-8f;

  /** A chunk of the four arrays stays in the processor's first cache. */
  private static final int CHUNK = 1536;

  /** What one thread takes at a time. */
  private static final int STRIP = 64 * CHUNK;

  private static final double END = 0.01;

  private final double start;
  private final int epochs;
  private final int batches;
  private final INDArray state;
  private int steps;

  /**
   * @param start the first epoch's learning rate; it falls epoch by epoch along half a cosine to a
   *     hundredth of that
   * @param batches how many steps an epoch has
   * @param parameters how many there are
   */
  FastAdam(double start, int epochs, int batches, long parameters) {
    this.start = start;
    this.epochs = epochs;
    this.batches = batches;
    state = Nd4j.zeros(DataType.FLOAT, 1, 2 * parameters);
  }

  /** The learning rate in an epoch, from 1. */
  double rate(int epoch) {
    double fall = 0.5 * (1 + Math.cos(Math.PI * (epoch - 1) / epochs));
    return start * (END + (1 - END) * fall);
  }

  /** How many steps have been taken. */
  int steps() {
    return steps;
  }

  /** The running means of the gradients, then those of their squares. */
  INDArray state() {
    return state;
  }

  /** Goes on with a state of as many parameters. */
  void goOn(int stepsTaken, INDArray stateThen) {
    steps = stepsTaken;
    state.assign(stateThen);
  }

  /** Moves the parameters by one step against their gradient. */
  void step(INDArray parameters, INDArray gradient) {
    double rate = rate(1 + Math.min(epochs - 1, steps / batches));
    steps++;
    double unbiased =
        Math.sqrt(1 - Math.pow(SQUARE_DECAY, steps)) / (1 - Math.pow(MEAN_DECAY, steps));
    float factor = (float) (rate * unbiased);
    int length = (int) parameters.length();
    FloatBuffer p = parameters.data().asNioFloat();
    FloatBuffer g = gradient.data().asNioFloat();
    FloatBuffer s = state.data().asNioFloat();
    ParallelStrips.each(length, STRIP, (from, to) -> strip(p, g, s, length, from, to, factor));
  }

  private static void strip(
      FloatBuffer p, FloatBuffer g, FloatBuffer s, int length, int from, int to, float factor) {
    float[] ps = new float[CHUNK];
    float[] gs = new float[CHUNK];
    float[] ms = new float[CHUNK];
    float[] vs = new float[CHUNK];
    for (int i = from; i < to; i += CHUNK) {
      int n = Math.min(CHUNK, to - i);
      p.get(i, ps, 0, n);
      g.get(i, gs, 0, n);
      s.get(i, ms, 0, n);
      s.get(length + i, vs, 0, n);
      step(ps, gs, ms, vs, n, factor);
      p.put(i, ps, 0, n);
      s.put(i, ms, 0, n);
      s.put(length + i, vs, 0, n);
    }
  }

  private static void step(float[] p, float[] g, float[] m, float[] v, int n, float factor) {
    for (int i = 0; i < n; i++) {
      float each = g[i];
      float mean = MEAN_DECAY * m[i] + (1 - MEAN_DECAY) * each;
      float square = SQUARE_DECAY * v[i] + (1 - SQUARE_DECAY) * each * each;
      m[i] = mean;
      v[i] = square;
      p[i] -= factor * mean / ((float) Math.sqrt(square) + EPSILON);
    }
  }
}
