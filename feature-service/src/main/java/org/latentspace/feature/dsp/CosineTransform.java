package org.latentspace.feature.dsp;

/**
 * Cosine transform of a symmetric sequence, given by its first half: what a Fourier transform of
 * twice the size would give, for the price of one of the size itself (Cooley, Lewis and Welch 1970;
 * Numerical Recipes, cosft1).
 */
final class CosineTransform {
  private final int size;
  private final double[] sines;
  private final double[] cosines;
  private final RealTransform transform;
  private final double[] result;

  /** size: a power of two, at least 16. */
  CosineTransform(int size) {
    this.size = size;
    sines = new double[size];
    cosines = new double[size];
    for (int j = 0; j < size; j++) {
      sines[j] = Math.sin(Math.PI * j / size);
      cosines[j] = Math.cos(Math.PI * j / size);
    }
    transform = new RealTransform(size);
    result = new double[size + 1];
  }

  /**
   * The sum over the whole sequence of 2 size entries x[0], x[1], .., x[size], .., x[1] times
   * cos(pi j k / size), for k = 0..size; x has size + 1 entries. The result is this object's own.
   */
  double[] transform(double[] x) {
    double first = x[0] - x[size];
    int half = size / 2;
    double[] even = transform.even();
    double[] odd = transform.odd();
    even[0] = x[0] + x[size];
    for (int j = 1; j < half; j++) {
      double sum = x[j] + x[size - j];
      double difference = x[j] - x[size - j];
      first += 2 * difference * cosines[j];
      double turned = 2 * sines[j] * difference;
      place(even, odd, j, sum - turned);
      place(even, odd, size - j, sum + turned);
    }
    place(even, odd, half, 2 * x[half]);
    transform.transform();
    double[] re = transform.real();
    double[] im = transform.imaginary();
    result[0] = re[0];
    result[1] = first;
    for (int k = 1; k < half; k++) {
      result[2 * k] = re[k];
      result[2 * k + 1] = result[2 * k - 1] - im[k];
    }
    result[size] = re[half];
    return result;
  }

  private static void place(double[] even, double[] odd, int j, double value) {
    if ((j & 1) == 0) {
      even[j >> 1] = value;
    } else {
      odd[j >> 1] = value;
    }
  }
}
