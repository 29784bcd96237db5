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
public final class AutocorrelationPitchDetector extends PitchDetector {
  private static final double LOW_ALMOST = 0.0175;
  private static final double HIGH_ALMOST = 0.05;
  private static final double LOW_HZ = 450;
  private static final double HIGH_HZ = 500;

  private static final int SHARP_LAG = 32;
  private static final double SHARPENED = 0.4;
  private static final int TAPS = 8;

  private static final int SHORTEST_LAG = 5;

  private final double[] hann;
  private final double[] overWindow;
  private final double[] power;
  private final double[] repeat;
  private final RealTransform forward;
  private final CosineTransform backward;
  private final int[] places;
  private final double[] heights;
  private int peaks;
  private final double[][] sinc = sincs();

  /** window: samples, a power of two in 256..16384; the lowest pitch is rate/(0.56 window) Hz. */
  public AutocorrelationPitchDetector(int window, double rate) {
    super(window, rate);
    if (window < 256 || window > 16384 || Integer.bitCount(window) != 1) {
      throw new IllegalArgumentException(
          "pitch window " + window + " is not a power of two in 256..16384");
    }
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

  @Override
  public void detect(float[] samples, int end) {
    autocorrelate(samples, end - window);
    low.listen(samples, end);
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
    if (repeat[longest] > repeat[longest - 1] && repeat[longest] > best) {
      // The peak lies beyond: a few lags more can be compared in time.
      measureLow(longest);
      return;
    }
    sharpen(best);
    for (int i = 0; i < peaks; i++) {
      int t = places[i];
      if (heights[i] >= best - almost(rate / t)) {
        lag = t + peakOffset(t);
        confidence = Math.min(1, heights[i]);
        if (isLow(lag)) {
          measureLow(lag);
        }
        return;
      }
    }
  }

  private void measureLow(double from) {
    boolean found = low.refine(from);
    lag = found ? low.lag() : 0;
    confidence = found ? low.fit() : 0;
  }

  /** Peaks of short lags may be so sharp that they lie between two samples. */
  private void sharpen(double best) {
    for (int i = 0; i < peaks && places[i] < SHARP_LAG; i++) {
      if (heights[i] >= best - SHARPENED) {
        double height = heights[i];
        for (int part = 0; part < sinc.length; part++) {
          height = Math.max(height, between(places[i], part));
        }
        heights[i] = Math.min(1, height);
      }
    }
  }

  /** The repetition at a lag and (part - 2) fifths of a sample: a windowed sinc. */
  private double between(int t, int part) {
    double[] taps = sinc[part];
    double sum = 0;
    for (int n = -TAPS; n <= TAPS; n++) {
      sum += repeat[Math.abs(t + n)] * taps[n + TAPS];
    }
    return sum;
  }

  private static double[][] sincs() {
    double[][] sincs = new double[5][2 * TAPS + 1];
    for (int part = 0; part < 5; part++) {
      for (int n = -TAPS; n <= TAPS; n++) {
        double x = 0.2 * (part - 2) - n;
        double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
        sincs[part][n + TAPS] = sinc * (0.5 + 0.5 * Math.cos(Math.PI * x / (TAPS + 1)));
      }
    }
    return sincs;
  }

  /** Every peak above 0, by its lag. */
  private void findPeaks(int from) {
    double[] r = repeat;
    peaks = 0;
    for (int t = from; t < longest; t++) {
      if (r[t] > 0 && r[t] > r[t - 1] && r[t] > r[t + 1]) {
        places[peaks] = t;
        heights[peaks++] = peakHeight(t);
      }
    }
  }

  private double peakHeight(int t) {
    return repeat[t] - 0.25 * (repeat[t - 1] - repeat[t + 1]) * peakOffset(t);
  }

  private void autocorrelate(float[] samples, int start) {
    forward.power(samples, start, hann, power);
    double[] r = backward.transform(power);
    double scale = r[0] > 1e-9 ? 1 / r[0] : 0;
    // The squares of a Hann window of this length sum to 3/8 of it.
    rms = Math.sqrt(Math.max(0, r[0]) / (0.375 * window) / window);
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

  @Override
  public double fit(double heardLag, double tolerance) {
    if (names(heardLag, tolerance)) {
      return confidence;
    }
    if (isLow(heardLag)) {
      return Math.min(1, low.best(heardLag, tolerance));
    }
    int from = Math.max(1, (int) (heardLag * (1 - tolerance)));
    int to = Math.min(longest - 1, (int) (heardLag * (1 + tolerance)) + 1);
    int best = from;
    for (int t = from + 1; t <= to; t++) {
      best = repeat[t] > repeat[best] ? t : best;
    }
    boolean peak = repeat[best] > repeat[best - 1] && repeat[best] > repeat[best + 1];
    return Math.min(1, peak ? peakHeight(best) : repeat[best]);
  }
}
