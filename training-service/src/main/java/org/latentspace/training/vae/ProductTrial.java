package org.latentspace.training.vae;

import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.latentspace.training.vae.Dense.Shape;

/**
 * A process that tries the matrix products of a dense layer with the kernel that OpenBLAS has here:
 * how fast they are, and whether they are right. It prints two numbers: the largest error beside
 * plain Java's products in double precision, as a share of the product's largest element; and the
 * milliseconds of the three products of a layer of preset rhythm-vae, the least of all rounds, so
 * that what other processes take does not count.
 */
public final class ProductTrial {
  private static final int ROUNDS = 15;

  /**
   * Rows, inputs and outputs: the widest layer, widths that no kernel's tile divides, a plane's.
   */
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(64, 864, 512),
          new Shape(37, 511, 145),
          new Shape(64, 512, 2),
          new Shape(64, 2, 80));

  private final Shape shape;
  private final float[] x;
  private final float[] w;
  private final float[] dy;
  private final FloatPointer xs;
  private final FloatPointer ws;
  private final FloatPointer dys;
  private final FloatPointer y;
  private final FloatPointer dw;
  private final FloatPointer dx;

  private ProductTrial(Shape shape) {
    this.shape = shape;
    int rows = shape.rows();
    int in = shape.in();
    int out = shape.out();
    Random random = new Random(1);
    x = numbers(random, rows * in);
    w = numbers(random, in * out);
    dy = numbers(random, rows * out);
    xs = new FloatPointer(x);
    ws = new FloatPointer(w);
    dys = new FloatPointer(dy);
    y = new FloatPointer(rows * (long) out);
    dw = new FloatPointer(in * (long) out);
    dx = new FloatPointer(rows * (long) in);
  }

  public static void main(String[] arguments) {
    double error =
        SHAPES.stream().mapToDouble(s -> new ProductTrial(s).error()).max().orElseThrow();
    System.out.println(error + " " + new ProductTrial(SHAPES.get(0)).millis());
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private void multiply() {
    shape.forward(xs, ws, y, 0, shape.out());
    shape.weigh(xs, dys, dw, 0, shape.out());
    shape.back(ws, dys, dx);
  }

  private double millis() {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      multiply();
      least = Math.min(least, System.nanoTime() - start);
    }
    return least / 1e6;
  }

  private double error() {
    multiply();
    int rows = shape.rows();
    int in = shape.in();
    int out = shape.out();
    double[] expectedY = new double[rows * out];
    double[] expectedDw = new double[in * out];
    double[] expectedDx = new double[rows * in];
    for (int o = 0; o < out; o++) {
      for (int row = 0; row < rows; row++) {
        double back = dy[row * out + o];
        double sum = 0;
        for (int i = 0; i < in; i++) {
          sum += (double) x[row * in + i] * w[o * in + i];
          expectedDw[o * in + i] += x[row * in + i] * back;
          expectedDx[row * in + i] += back * w[o * in + i];
        }
        expectedY[row * out + o] = sum;
      }
    }
    return Math.max(error(y, expectedY), Math.max(error(dw, expectedDw), error(dx, expectedDx)));
  }

  private static double error(FloatPointer product, double[] expected) {
    double error = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      double away = Math.abs(product.get(i) - expected[i]);
      error = Double.isNaN(away) ? Double.POSITIVE_INFINITY : Math.max(error, away);
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return error / largest;
  }
}
