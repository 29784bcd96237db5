package org.latentspace.feature.dsp;

import be.tarsos.dsp.pitch.DynamicWavelet;
import be.tarsos.dsp.pitch.FastYin;
import be.tarsos.dsp.pitch.McLeodPitchMethod;

/** Names the pitch of the newest samples, and says how well they repeat themselves. */
public abstract class PitchDetector {
  /** How the pitch is found; docs/decisions/0003-pitch-detector.md says which suits whom. */
  public enum Method {
    /** By autocorrelation, as for all unless something else is said. */
    OWN,
    /** TarsosDSP's YIN (de Cheveigné and Kawahara 2002), computed by transforms. */
    YIN,
    /** TarsosDSP's McLeod pitch method (McLeod and Wyvill 2005). */
    MPM,
    /** TarsosDSP's dynamic wavelet (Larson and Maddox 2005). */
    WAVELET;

    /** window: samples, a power of two in 256..16384; rate: Hz. */
    public PitchDetector detector(int window, double rate) {
      float hz = (float) rate;
      return switch (this) {
        case OWN -> new AutocorrelationPitchDetector(window, rate);
        case YIN -> new TarsosPitchDetector(new FastYin(hz, window), window, rate);
        case MPM -> new TarsosPitchDetector(new McLeodPitchMethod(hz, window), window, rate);
        case WAVELET -> new TarsosPitchDetector(new DynamicWavelet(hz, window), window, rate);
      };
    }
  }

  /** Where repetition counts at all: FluCoMa and TarsosDSP gate no lower. */
  static final double VOICED = 0.4;

  /** 40 cents: vibrato passes as the same pitch, a semitone does not. */
  static final double SAME_PITCH = 0.023;

  /** 70 cents: as far as a note drifts that is not another one. */
  static final double SAME_NOTE = 0.041;

  /** 230 cents: as far as a vibrato of 100 cents moves, and a little. */
  static final double VIBRATO = 0.142;

  /** Beyond this share of the window its own autocorrelation is too small to divide by. */
  private static final double LONGEST_LAG = 0.46;

  final int window;
  final double rate;
  final int longest;
  final LowPitch low;
  double lag;
  double confidence;
  double rms;

  /** window: samples; rate: Hz. */
  PitchDetector(int window, double rate) {
    this.window = window;
    this.rate = rate;
    longest = (int) (LONGEST_LAG * window);
    low = new LowPitch(window, longest);
  }

  /** Listens to the window that ends just before end; hz() and confidence() hold the answer. */
  public abstract void detect(float[] samples, int end);

  /**
   * How well the newest window repeats itself after a lag (samples) that was heard before, or one
   * within the tolerance (a share of it), 0..1: a held note keeps its fit, a new pitch breaks it
   * long before it can be named.
   */
  public abstract double fit(double heardLag, double tolerance);

  /** The lag of the newest window is this one, within the tolerance. */
  final boolean names(double heardLag, double tolerance) {
    return lag > 0 && Math.abs(lag - heardLag) <= tolerance * heardLag;
  }

  /** The window holds so few periods of this lag (samples) that a new pitch breaks it slowly. */
  public final boolean isLow(double someLag) {
    return someLag > low.shortest();
  }

  /** RMS of the window, its middle weighing most. */
  public final double rms() {
    return rms;
  }

  /** Hz; 0 = no pitch. */
  public final double hz() {
    return lag > 0 && confidence >= VOICED ? rate / lag : 0;
  }

  /** The period, samples; 0 = nothing repeats. */
  public final double lag() {
    return lag;
  }

  /** 0..1: the share of the sound that repeats. */
  public final double confidence() {
    return confidence;
  }
}
