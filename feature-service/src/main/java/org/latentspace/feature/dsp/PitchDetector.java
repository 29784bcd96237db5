package org.latentspace.feature.dsp;

/** Names the pitch of the newest samples, and says how well they repeat themselves. */
public interface PitchDetector {
  /** Where repetition counts at all: FluCoMa and TarsosDSP gate no lower. */
  double VOICED = 0.4;

  /** 40 cents: vibrato passes as the same pitch, a semitone does not. */
  double SAME_PITCH = 0.023;

  /** 70 cents: as far as a note drifts that is not another one. */
  double SAME_NOTE = 0.041;

  /** 230 cents: as far as a vibrato of 100 cents moves, and a little. */
  double VIBRATO = 0.142;

  /** Listens to the window that ends just before end; hz() and confidence() hold the answer. */
  void detect(float[] samples, int end);

  /**
   * How well the newest window repeats itself after a lag (samples) that was heard before, or one
   * within the tolerance (a share of it), 0..1: a held note keeps its fit, a new pitch breaks it
   * long before it can be named.
   */
  double fit(double heardLag, double tolerance);

  /** The window holds so few periods of this lag (samples) that a new pitch breaks it slowly. */
  boolean isLow(double someLag);

  /** RMS of the window, its middle weighing most. */
  double rms();

  /** Hz; 0 = no pitch. */
  double hz();

  /** The period, samples; 0 = nothing repeats. */
  double lag();

  /** 0..1: the share of the sound that repeats. */
  double confidence();
}
