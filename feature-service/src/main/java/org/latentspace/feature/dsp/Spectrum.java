package org.latentspace.feature.dsp;

/**
 * Magnitude spectrum of the newest samples under a periodic Hann window. The one class that knows
 * which transform is used; docs/decisions/0003-pitch-detector.md says why it is not TarsosDSP's.
 */
public final class Spectrum {
  private final int size;
  private final double[] window;
  private final double[] magnitudes;
  private final RealTransform transform;

  /** size: window and transform length in samples, a power of two in 64..16384. */
  public Spectrum(int size) {
    if (size < 64 || size > 16384 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("fft " + size + " is not a power of two in 64..16384");
    }
    this.size = size;
    window = periodicHann(size);
    magnitudes = new double[size / 2 + 1];
    transform = new RealTransform(size);
  }

  /** w[i] = 0.5 - 0.5 cos(2 pi i / size), i = 0..size-1. */
  static double[] periodicHann(int size) {
    double[] window = new double[size];
    for (int i = 0; i < size; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size);
    }
    return window;
  }

  /**
   * Analyses the size() samples that end just before end. The result is this object's own array of
   * size()/2 + 1 magnitudes, DC to Nyquist, not normalised (a full-scale sine gives size()/4); it
   * holds until the next call.
   */
  public double[] magnitudes(float[] samples, int end) {
    double[] m = magnitudes;
    transform.power(samples, end - size, window, m);
    for (int b = 0; b < m.length; b++) {
      m[b] = Math.sqrt(m[b]);
    }
    return m;
  }

  /** Samples. */
  public int size() {
    return size;
  }
}
