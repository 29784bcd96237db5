package org.latentspace.feature.dsp;

/**
 * Measures long periods exactly: of a note so low that the pitch detector's window holds few of its
 * periods. It compares the newest samples with those one lag before (normalised cross-correlation
 * in time), which is 1 at the period of any periodic sound, pure tones included, wherever in its
 * period the window begins, and which does not mind that the sound grows or dies away.
 */
final class LowPitch {
  /** Windows hold more periods than this of a note that is not low. */
  private static final double FEW_PERIODS = 6;

  /** A sixty-fourth of a period: no timbre has peaks that are narrower and matter. */
  private static final int STEPS_A_PERIOD = 64;

  private final int window;
  private final int length;
  private final int farthest;
  private float[] samples;
  private int end;
  private double lag;
  private double fit;

  /** window: samples that may be looked at; longest: lag that the detector can name. */
  LowPitch(int window, int longest) {
    this.window = window;
    length = (window - longest - window / 8) / 2 * 2;
    farthest = window / 2 + window / 16;
  }

  /** Lags above this are measured here. */
  double shortest() {
    return window / FEW_PERIODS;
  }

  /** The samples that end just before end are looked at from now on. */
  void listen(float[] newSamples, int newEnd) {
    samples = newSamples;
    end = newEnd;
  }

  /**
   * Climbs from a lag to the nearest peak; lag() and fit() hold the answer. False when there is
   * none up to the farthest lag.
   */
  boolean refine(double from) {
    int t = (int) Math.round(from);
    double here = at(t);
    int step = at(t + 1) >= at(t - 1) ? 1 : -1;
    int stride = Math.max(1, t / STEPS_A_PERIOD);
    while (stride > 0) {
      double next = at(t + step * stride);
      if (next > here) {
        here = next;
        t += step * stride;
      } else {
        double back = at(t - step * stride);
        if (back > here) {
          step = -step;
        } else {
          stride /= 2;
        }
      }
    }
    double left = at(t - 1);
    double right = at(t + 1);
    double curve = left - 2 * here + right;
    double offset = curve < 0 ? 0.5 * (left - right) / curve : 0;
    lag = t + offset;
    fit = Math.max(0, Math.min(1, here - 0.25 * (left - right) * offset));
    return t < farthest - 1;
  }

  /** The best fit of the lags within the tolerance (a share) of one. */
  double best(double heardLag, double tolerance) {
    int from = (int) Math.max(heardLag * (1 - tolerance), 1);
    int to = (int) Math.min(heardLag * (1 + tolerance) + 1, farthest);
    int stride = Math.max(1, (int) heardLag / STEPS_A_PERIOD);
    double best = 0;
    for (int t = from; t <= to; t += stride) {
      best = Math.max(best, at(t));
    }
    return best;
  }

  /** How well the newest samples repeat those so many samples before, -1..1; 0 = cannot be told. */
  double at(int t) {
    if (t < 1 || t > farthest) {
      return 0;
    }
    float[] x = samples;
    double same = 0;
    double now = 0;
    double before = 0;
    double same2 = 0;
    double now2 = 0;
    double before2 = 0;
    for (int i = end - length; i < end; i += 2) {
      double a = x[i];
      double b = x[i - t];
      same += a * b;
      now += a * a;
      before += b * b;
      double a2 = x[i + 1];
      double b2 = x[i + 1 - t];
      same2 += a2 * b2;
      now2 += a2 * a2;
      before2 += b2 * b2;
    }
    same += same2;
    now += now2;
    before += before2;
    double scale = now * before;
    return scale > 0 ? same / Math.sqrt(scale) : 0;
  }

  /** Samples. */
  double lag() {
    return lag;
  }

  /** 0..1. */
  double fit() {
    return fit;
  }
}
