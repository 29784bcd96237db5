package org.latentspace.feature.dsp;

/**
 * The pitch of the newest samples, from how well the sound repeats itself: the autocorrelation of a
 * Hann-windowed frame over that of the window (Boersma 1993), both circular, so that two transforms
 * of one window suffice and low notes are not at a disadvantage. Among the lags at which the sound
 * repeats almost as well as at the best one, the shortest wins; how much is "almost" depends on the
 * pitch, because low reeds have weak fundamentals (a wrong octave above must not win) and high ones
 * begin with a breath of the octave below (which must not win either). Measured against TarsosDSP's
 * detectors in docs/decisions/0003-pitch-detector.md.
 */
public final class PitchDetector {
  /** Where repetition counts at all: FluCoMa and TarsosDSP gate no lower. */
  static final double VOICED = 0.4;

  private static final double LOW_ALMOST = 0.0175;
  private static final double HIGH_ALMOST = 0.05;
  private static final double LOW_HZ = 450;
  private static final double HIGH_HZ = 500;

  /** Beyond this share of the window its own autocorrelation is too small to divide by. */
  private static final double LONGEST_LAG = 0.46;

  /** 40 cents: vibrato passes as the same pitch, a semitone does not. */
  static final double SAME_PITCH = 0.023;

  private static final int SHORTEST_LAG = 5;

  private final int window;
  private final double rate;
  private final int longest;
  private final double[] hann;
  private final double[] overWindow;
  private final double[] power;
  private final double[] repeat;
  private final RealTransform forward;
  private final CosineTransform backward;
  private final int[] places;
  private final double[] heights;
  private int peaks;
  private double lag;
  private double confidence;

  /** window: samples, a power of two in 256..16384; the lowest pitch is rate/(0.46 window) Hz. */
  public PitchDetector(int window, double rate) {
    if (window < 256 || window > 16384 || Integer.bitCount(window) != 1) {
      throw new IllegalArgumentException(
          "pitch window " + window + " is not a power of two in 256..16384");
    }
    this.window = window;
    this.rate = rate;
    longest = (int) (LONGEST_LAG * window);
    hann = Spectrum.periodicHann(window);
    power = new double[window / 2 + 1];
    repeat = new double[longest + 1];
    places = new int[longest];
    heights = new double[longest];
    forward = new RealTransform(window);
    backward = new CosineTransform(window / 2);
    overWindow = new double[longest + 1];
    for (int t = 0; t <= longest; t++) {
      // The circular autocorrelation of a periodic Hann window is 1/4 + cos(2 pi t / window) / 8.
      overWindow[t] = 0.375 / (0.25 + 0.125 * Math.cos(2 * Math.PI * t / window));
    }
  }

  /** Listens to the window that ends just before end; hz() and confidence() hold the answer. */
  public void detect(float[] samples, int end) {
    autocorrelate(samples, end - window);
    lag = 0;
    confidence = 0;
    if (repeat[0] <= 0) {
      return;
    }
    findPeaks(firstDip());
    double best = 0;
    for (int i = 0; i < peaks; i++) {
      best = Math.max(best, heights[i]);
    }
    for (int i = 0; i < peaks; i++) {
      int t = places[i];
      if (heights[i] >= best - almost(rate / t)) {
        lag = t + peakOffset(t);
        confidence = Math.min(1, heights[i]);
        return;
      }
    }
  }

  /** Every peak above 0, by its lag. */
  private void findPeaks(int from) {
    double[] r = repeat;
    peaks = 0;
    for (int t = from; t < longest; t++) {
      if (r[t] > 0 && r[t] > r[t - 1] && r[t] > r[t + 1]) {
        places[peaks] = t;
        heights[peaks++] = r[t] - 0.25 * (r[t - 1] - r[t + 1]) * peakOffset(t);
      }
    }
  }

  private void autocorrelate(float[] samples, int start) {
    double[] even = forward.even();
    double[] odd = forward.odd();
    int half = window / 2;
    for (int i = 0; i < half; i++) {
      even[i] = samples[start + 2 * i] * hann[2 * i];
      odd[i] = samples[start + 2 * i + 1] * hann[2 * i + 1];
    }
    forward.transform();
    double[] re = forward.real();
    double[] im = forward.imaginary();
    for (int b = 0; b <= half; b++) {
      power[b] = re[b] * re[b] + im[b] * im[b];
    }
    double[] r = backward.transform(power);
    double scale = r[0] > 1e-9 ? 1 / r[0] : 0;
    for (int t = 0; t <= longest; t++) {
      repeat[t] = r[t] * scale * overWindow[t];
    }
  }

  /** Skips the main lobe around lag 0. */
  private int firstDip() {
    int t = SHORTEST_LAG;
    while (t < longest && repeat[t] > 0.5) {
      t++;
    }
    return t;
  }

  private double peakOffset(int t) {
    double left = repeat[t - 1];
    double right = repeat[t + 1];
    return 0.5 * (left - right) / (left - 2 * repeat[t] + right);
  }

  private static double almost(double hz) {
    double along = Math.min(1, Math.max(0, (hz - LOW_HZ) / (HIGH_HZ - LOW_HZ)));
    return LOW_ALMOST + along * (HIGH_ALMOST - LOW_ALMOST);
  }

  /**
   * How well the newest window repeats itself after a lag (samples) that was heard before, 0..1: a
   * held note keeps its fit, a new pitch breaks it long before it can be named.
   */
  public double fit(double heardLag) {
    int from = Math.max(1, (int) (heardLag * (1 - SAME_PITCH)));
    int to = Math.min(longest, (int) (heardLag * (1 + SAME_PITCH)) + 1);
    double best = 0;
    for (int t = from; t <= to; t++) {
      best = Math.max(best, repeat[t]);
    }
    return Math.min(1, best);
  }

  /** Hz; 0 = no pitch. */
  public double hz() {
    return lag > 0 && confidence >= VOICED ? rate / lag : 0;
  }

  /** Samples; 0 = nothing repeats. */
  public double lag() {
    return lag;
  }

  /** 0..1: the share of the sound that repeats. */
  public double confidence() {
    return confidence;
  }
}
