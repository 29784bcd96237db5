package org.latentspace.feature.dsp;

import be.tarsos.dsp.pitch.PitchDetectionResult;
import java.util.Random;

/**
 * The pitch as one of TarsosDSP's detectors names it. Its confidence is the detector's: of YIN one
 * less the normalised difference, of MPM the height of the peak, both the share of the sound that
 * repeats; the wavelet has none, there it is measured at the period that it names. How well the
 * sound repeats at other periods is always measured in time ({@link LowPitch}). What TarsosDSP
 * allocates in each frame is in docs/decisions/0003-pitch-detector.md.
 */
final class TarsosPitchDetector extends PitchDetector {
  /** Softer windows (-120 dB) have no pitch. */
  private static final double NOTHING = 1e-6;

  /** Added to the sound (-140 dB): the detectors divide by parts of a window, silent or not. */
  private static final float TRACE = 1e-7f;

  private final be.tarsos.dsp.pitch.PitchDetector detector;
  private final float[] frame;
  private final float[] trace;
  private final double[] hann;

  /** detector: for windows of so many samples, a power of two in 256..16384, at rate Hz. */
  TarsosPitchDetector(be.tarsos.dsp.pitch.PitchDetector detector, int window, double rate) {
    super(window, rate);
    this.detector = detector;
    frame = new float[window];
    trace = new float[window];
    hann = Spectrum.periodicHann(window);
    Random random = new Random(1);
    for (int i = 0; i < window; i++) {
      trace[i] = TRACE * (float) random.nextGaussian();
    }
  }

  @Override
  public void detect(float[] samples, int end) {
    low.listen(samples, end);
    double power = 0;
    for (int i = 0; i < window; i++) {
      float x = samples[end - window + i];
      frame[i] = x + trace[i];
      double weighed = x * hann[i];
      power += weighed * weighed;
    }
    // The squares of a Hann window of this length sum to 3/8 of it.
    rms = Math.sqrt(power / (0.375 * window));
    lag = 0;
    confidence = 0;
    if (rms > NOTHING) {
      name(detector.getPitch(frame));
    }
  }

  private void name(PitchDetectionResult result) {
    double named = rate / result.getPitch();
    // Not so of a NaN, of the -1 that means no pitch, and of what the window cannot hold.
    if (result.isPitched() && named >= 2 && named < window) {
      double sure = result.getProbability();
      confidence = sure < 0 ? low.at((int) Math.round(named)) : sure;
      confidence = Math.max(0, Math.min(1, confidence));
      lag = named;
    }
  }

  @Override
  public double fit(double heardLag, double tolerance) {
    return names(heardLag, tolerance) ? confidence : Math.min(1, low.best(heardLag, tolerance));
  }
}
