package org.latentspace.feature.dsp;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Brings sound of any rate to the rate that is analysed, so that every feature means the same at
 * 44.1, 48 and 96 kHz. A Kaiser-windowed sinc (96 zero crossings each side, 140 dB, 2 ms late),
 * exact for the usual ratios and interpolated linearly between 2048 phases for others (Smith,
 * Digital Audio Resampling). Times are exact: output sample k is the sound at k/out seconds. Its
 * edge lies at half the lower rate, so that as much is heard of a sound at 48 or 96 kHz as of one
 * that needs no resampling: flat to 21 kHz at 44.1 kHz. What lies up to 1.1 kHz above the edge
 * comes back as far below it, softer.
 */
public final class Resampler {
  private static final int MOST_PHASES = 2048;
  private static final int CROSSINGS = 96;
  private static final double KAISER_BETA = 14;
  private static final double KAISER_PEAK = bessel(KAISER_BETA);

  private final int in;
  private final int out;
  private final int reach;
  private final int phases;
  private final double[] table;
  private final double[] buffer;
  private int filled;
  private long firstInBuffer;
  private long produced;

  /** Rates in Hz, 1000..1000000. */
  public Resampler(int in, int out) {
    this.in = in;
    this.out = out;
    double cutoff = Math.min(1, (double) out / in);
    // Even, because weigh takes four taps at a time.
    reach = 2 * (int) Math.ceil(CROSSINGS / cutoff / 2);
    phases =
        Math.min(MOST_PHASES, out / BigInteger.valueOf(in).gcd(BigInteger.valueOf(out)).intValue());
    table = new double[(phases + 1) * 2 * reach];
    for (int phase = 0; phase <= phases; phase++) {
      for (int tap = 0; tap < 2 * reach; tap++) {
        double x = tap - reach + 1 - phase / (double) phases;
        table[phase * 2 * reach + tap] = cutoff * sinc(cutoff * x) * kaiser(x / reach);
      }
    }
    buffer = new double[2 * reach + 1024];
    // As if silence had gone before.
    filled = reach;
    firstInBuffer = -reach;
  }

  private static double sinc(double x) {
    return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double kaiser(double x) {
    return Math.abs(x) > 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / KAISER_PEAK;
  }

  /** Modified Bessel function of the first kind, order 0. */
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; k < 40; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  /** How many output samples there are for so many input samples from the beginning. */
  long outputs(long inputs) {
    return (inputs * out + in - 1) / in;
  }

  /** Takes as many of samples from..to-1 as fit; the result is the first index not taken. */
  public int take(float[] samples, int from, int to) {
    int count = Math.min(to - from, buffer.length - filled);
    for (int i = 0; i < count; i++) {
      buffer[filled + i] = Framer.clean(samples[from + i]);
    }
    filled += count;
    return from + count;
  }

  /** Takes silence, as much as fits. */
  void pad() {
    Arrays.fill(buffer, filled, buffer.length, 0);
    filled = buffer.length;
  }

  /** Writes output samples as long as their input is there; the result is how many. */
  public int give(float[] target) {
    int given = 0;
    while (given < target.length) {
      long position = produced * in;
      long centre = position / out;
      int start = (int) (centre - reach + 1 - firstInBuffer);
      if (start + 2 * reach > filled) {
        break;
      }
      target[given++] = interpolate(start, (double) (position % out) / out);
      produced++;
    }
    drop();
    return given;
  }

  private float interpolate(int start, double fraction) {
    double at = fraction * phases;
    int phase = (int) (at + 1e-9);
    double share = at - phase;
    double below = weigh(start, phase);
    // The usual ratios meet a phase exactly.
    return (float) (share < 1e-6 ? below : below + share * (weigh(start, phase + 1) - below));
  }

  private double weigh(int start, int phase) {
    int taps = 2 * reach;
    int row = phase * taps;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int i = 0; i < taps; i += 4) {
      a += table[row + i] * buffer[start + i];
      b += table[row + i + 1] * buffer[start + i + 1];
      c += table[row + i + 2] * buffer[start + i + 2];
      d += table[row + i + 3] * buffer[start + i + 3];
    }
    return a + b + c + d;
  }

  /** Forgets the input that no later output needs. */
  private void drop() {
    long needed = produced * in / out - reach + 1;
    int gone = (int) Math.min(filled, needed - firstInBuffer);
    if (gone > 0) {
      System.arraycopy(buffer, gone, buffer, 0, filled - gone);
      filled -= gone;
      firstInBuffer += gone;
    }
  }
}
