package org.latentspace.feature.dsp;

/**
 * Discrete Fourier transform of real samples in double precision: a complex transform of half the
 * size (Stockham's self-sorting form with radix 4, so that no bits are reversed and the inner loops
 * run over neighbouring numbers) and one pass that unfolds it. It allocates nothing after the
 * constructor.
 */
final class RealTransform {
  private final int half;
  private final double[][] cosines;
  private final double[][] sines;
  private final double[] unfoldCos;
  private final double[] unfoldSin;
  private double[] re;
  private double[] im;
  private double[] otherRe;
  private double[] otherIm;
  private final double[] real;
  private final double[] imaginary;

  /** size: a power of two, at least 16. */
  RealTransform(int size) {
    if (size < 16 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(size + " is not a power of two of at least 16");
    }
    half = size / 2;
    int stages = Integer.numberOfTrailingZeros(half) / 2;
    cosines = new double[stages][];
    sines = new double[stages][];
    for (int stage = 0, n = half; stage < stages; stage++, n /= 4) {
      cosines[stage] = new double[n / 4 * 3];
      sines[stage] = new double[n / 4 * 3];
      for (int i = 0; i < n / 4 * 3; i++) {
        double angle = -2 * Math.PI * (i / 3) * (i % 3 + 1) / n;
        cosines[stage][i] = Math.cos(angle);
        sines[stage][i] = Math.sin(angle);
      }
    }
    unfoldCos = new double[half + 1];
    unfoldSin = new double[half + 1];
    for (int k = 0; k <= half; k++) {
      unfoldCos[k] = Math.cos(-Math.PI * k / half);
      unfoldSin[k] = Math.sin(-Math.PI * k / half);
    }
    re = new double[half];
    im = new double[half];
    otherRe = new double[half];
    otherIm = new double[half];
    real = new double[half + 1];
    imaginary = new double[half + 1];
  }

  /** Where the caller puts its samples of even index before transform(). */
  double[] even() {
    return re;
  }

  /** Where the caller puts its samples of odd index before transform(). */
  double[] odd() {
    return im;
  }

  /** Squared magnitudes, DC to Nyquist, of the samples from start on, each times its weight. */
  void power(float[] samples, int start, double[] weights, double[] power) {
    for (int i = 0; i < half; i++) {
      re[i] = samples[start + 2 * i] * weights[2 * i];
      im[i] = samples[start + 2 * i + 1] * weights[2 * i + 1];
    }
    transform();
    for (int b = 0; b <= half; b++) {
      power[b] = real[b] * real[b] + imaginary[b] * imaginary[b];
    }
  }

  /** Transforms what stands in even() and odd(), whose contents are lost. */
  void transform() {
    int n = half;
    int stride = 1;
    for (int stage = 0; stage < cosines.length; stage++) {
      if (stride == 1) {
        firstStage(n);
      } else {
        stage(n, stride, cosines[stage], sines[stage]);
      }
      swap();
      n /= 4;
      stride *= 4;
    }
    if (n == 2) {
      lastStage(stride);
      swap();
    }
    unfold();
  }

  private void swap() {
    double[] r = re;
    re = otherRe;
    otherRe = r;
    double[] i = im;
    im = otherIm;
    otherIm = i;
  }

  /** As stage with a stride of 1, in two thirds of its time. */
  private void firstStage(int n) {
    final double[] c = cosines[0];
    final double[] s = sines[0];
    final double[] xr = re;
    final double[] xi = im;
    final double[] yr = otherRe;
    final double[] yi = otherIm;
    int quarter = n / 4;
    for (int p = 0; p < quarter; p++) {
      double sumR = xr[p] + xr[p + 2 * quarter];
      double sumI = xi[p] + xi[p + 2 * quarter];
      double differenceR = xr[p] - xr[p + 2 * quarter];
      double differenceI = xi[p] - xi[p + 2 * quarter];
      double otherSumR = xr[p + quarter] + xr[p + 3 * quarter];
      double otherSumI = xi[p + quarter] + xi[p + 3 * quarter];
      double turnedR = xi[p + 3 * quarter] - xi[p + quarter];
      double turnedI = xr[p + quarter] - xr[p + 3 * quarter];
      int out = 4 * p;
      int w = 3 * p;
      yr[out] = sumR + otherSumR;
      yi[out] = sumI + otherSumI;
      double r = differenceR - turnedR;
      double i = differenceI - turnedI;
      yr[out + 1] = c[w] * r - s[w] * i;
      yi[out + 1] = c[w] * i + s[w] * r;
      r = sumR - otherSumR;
      i = sumI - otherSumI;
      yr[out + 2] = c[w + 1] * r - s[w + 1] * i;
      yi[out + 2] = c[w + 1] * i + s[w + 1] * r;
      r = differenceR + turnedR;
      i = differenceI + turnedI;
      yr[out + 3] = c[w + 2] * r - s[w + 2] * i;
      yi[out + 3] = c[w + 2] * i + s[w + 2] * r;
    }
  }

  private void stage(int n, int stride, double[] c, double[] s) {
    int quarter = n / 4;
    for (int p = 0; p < quarter; p++) {
      butterflies(stride, stride * p, stride * quarter, c, s, p);
    }
  }

  private void butterflies(int stride, int from, int apart, double[] c, double[] s, int p) {
    final double[] xr = re;
    final double[] xi = im;
    final double[] yr = otherRe;
    final double[] yi = otherIm;
    final double c1 = c[3 * p];
    final double s1 = s[3 * p];
    final double c2 = c[3 * p + 1];
    final double s2 = s[3 * p + 1];
    final double c3 = c[3 * p + 2];
    final double s3 = s[3 * p + 2];
    for (int q = 0; q < stride; q++) {
      int a = from + q;
      double sumR = xr[a] + xr[a + 2 * apart];
      double sumI = xi[a] + xi[a + 2 * apart];
      double differenceR = xr[a] - xr[a + 2 * apart];
      double differenceI = xi[a] - xi[a + 2 * apart];
      double otherSumR = xr[a + apart] + xr[a + 3 * apart];
      double otherSumI = xi[a + apart] + xi[a + 3 * apart];
      double turnedR = xi[a + 3 * apart] - xi[a + apart];
      double turnedI = xr[a + apart] - xr[a + 3 * apart];
      int out = 4 * from + q;
      yr[out] = sumR + otherSumR;
      yi[out] = sumI + otherSumI;
      double r = differenceR - turnedR;
      double i = differenceI - turnedI;
      yr[out + stride] = c1 * r - s1 * i;
      yi[out + stride] = c1 * i + s1 * r;
      r = sumR - otherSumR;
      i = sumI - otherSumI;
      yr[out + 2 * stride] = c2 * r - s2 * i;
      yi[out + 2 * stride] = c2 * i + s2 * r;
      r = differenceR + turnedR;
      i = differenceI + turnedI;
      yr[out + 3 * stride] = c3 * r - s3 * i;
      yi[out + 3 * stride] = c3 * i + s3 * r;
    }
  }

  private void lastStage(int stride) {
    final double[] xr = re;
    final double[] xi = im;
    final double[] yr = otherRe;
    final double[] yi = otherIm;
    for (int q = 0; q < stride; q++) {
      yr[q] = xr[q] + xr[q + stride];
      yi[q] = xi[q] + xi[q + stride];
      yr[q + stride] = xr[q] - xr[q + stride];
      yi[q + stride] = xi[q] - xi[q + stride];
    }
  }

  /** X[k] = (Z[k] + Z*[h-k])/2 - i/2 e^(-i pi k/h) (Z[k] - Z*[h-k]), h = size/2, Z[h] = Z[0]. */
  private void unfold() {
    final double[] zr = re;
    final double[] zi = im;
    real[0] = zr[0] + zi[0];
    imaginary[0] = 0;
    real[half] = zr[0] - zi[0];
    imaginary[half] = 0;
    for (int k = 1; k < half; k++) {
      double evenR = 0.5 * (zr[k] + zr[half - k]);
      double evenI = 0.5 * (zi[k] - zi[half - k]);
      double oddR = 0.5 * (zi[k] + zi[half - k]);
      double oddI = -0.5 * (zr[k] - zr[half - k]);
      real[k] = evenR + unfoldCos[k] * oddR - unfoldSin[k] * oddI;
      imaginary[k] = evenI + unfoldCos[k] * oddI + unfoldSin[k] * oddR;
    }
  }

  /** size/2 + 1 real parts of the last transform, DC to Nyquist. */
  double[] real() {
    return real;
  }

  /** size/2 + 1 imaginary parts of the last transform. */
  double[] imaginary() {
    return imaginary;
  }
}
