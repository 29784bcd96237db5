package org.latentspace.feature.dsp;

/**
 * The seven numbers that describe the colour of a sound, as FluCoMa's SpectralShape defines them:
 * moments, roll-off, flatness and crest of the linear magnitudes over linear frequency. The bins
 * are DC up to, but without, Nyquist, and their frequencies are spread evenly over 0..rate/2
 * inclusive (f[b] = b (rate/2)/(n-1)), both as in the reference.
 */
public final class SpectralShape {
  /** The floor of a magnitude and of flatness and crest before the logarithm: 2^-52. */
  static final double FLOOR = 2.220446049250313e-16;

  /** So many magnitudes of at least FLOOR multiply to no less than 1e-126. */
  private static final int FACTORS_PER_LOG = 8;

  private static final double ROLLOFF = 0.95;

  private final int bins;
  private final double binHz;

  private double sum;
  private double peak;
  private double logarithms;

  /** fftSize: samples, a multiple of 16; rate: Hz. */
  public SpectralShape(int fftSize, double rate) {
    bins = fftSize / 2;
    binHz = rate / 2 / (bins - 1);
  }

  /**
   * Measures fftSize/2 (or more) magnitudes, finite and not negative; sums are in double. Seven
   * values go to shape from this place on: centroid (Hz, 0..rate/2), spread (Hz, standard deviation
   * around the centroid), skewness, kurtosis (not excess: a Gaussian has 3), roll-off (Hz below
   * which 95 % of the magnitude lies), flatness (dB, 0 = flat, negative = tonal), crest (dB,
   * largest over mean magnitude).
   */
  public void measure(double[] magnitudes, double[] shape, int from) {
    double centre = sumUp(magnitudes);
    shape[from] = centre * binHz;
    moments(magnitudes, shape[from] / binHz, shape, from + 1);
    shape[from + 4] = rolloff(magnitudes);
    double mean = sum / bins;
    shape[from + 5] = decibels(Math.exp(logarithms / bins) / mean);
    shape[from + 6] = decibels(peak / mean);
  }

  /** The result is the centroid as a bin. */
  private double sumUp(double[] magnitudes) {
    double s = 0;
    double weighted = 0;
    double largest = 0;
    double logs = 0;
    for (int b = 0; b < bins; b += FACTORS_PER_LOG) {
      double product = 1;
      for (int i = b; i < b + FACTORS_PER_LOG; i++) {
        double m = Math.max(magnitudes[i], FLOOR);
        s += m;
        weighted += m * i;
        largest = Math.max(largest, m);
        product *= m;
      }
      logs += Math.log(product);
    }
    sum = s;
    peak = largest;
    logarithms = logs;
    return weighted / s;
  }

  private void moments(double[] magnitudes, double centre, double[] shape, int from) {
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int b = 0; b < bins; b++) {
      double m = Math.max(magnitudes[b], FLOOR);
      double d = b - centre;
      double d2 = d * d;
      double md2 = m * d2;
      second += md2;
      third += md2 * d;
      fourth += md2 * d2;
    }
    double variance = second / sum;
    double deviation = Math.sqrt(variance);
    shape[from] = deviation * binHz;
    shape[from + 1] = third / (sum * variance * deviation);
    shape[from + 2] = fourth / (sum * variance * variance);
  }

  private double rolloff(double[] magnitudes) {
    double target = ROLLOFF * sum;
    double running = 0;
    for (int b = 0; b < bins; b++) {
      double m = Math.max(magnitudes[b], FLOOR);
      running += m;
      if (running >= target) {
        return b == 0 ? 0 : (b - (running - target) / m) * binHz;
      }
    }
    return (bins - 1) * binHz;
  }

  private static double decibels(double ratio) {
    return 20 * Math.log10(Math.max(ratio, FLOOR));
  }
}
