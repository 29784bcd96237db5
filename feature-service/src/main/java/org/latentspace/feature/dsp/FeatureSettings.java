package org.latentspace.feature.dsp;

/**
 * How one performer is listened to. Times in seconds or milliseconds as named; the ranges are
 * checked where the configuration is read.
 */
public record FeatureSettings(
    Window window,
    Gate gate,
    Smoothing smoothing,
    Memory memory,
    Tuning tuning,
    Detectors detectors,
    Range range) {

  /**
   * Windows in samples at the rate (Hz) that is analysed: fft and pitch powers of two, hop 16..fft;
   * rmsMs 0 = as long as the fft, else up to 2000.
   */
  public record Window(int rate, int fft, int hop, int pitch, double rmsMs) {
    int rmsSamples() {
      return rmsMs > 0 ? Math.max(1, (int) Math.round(rmsMs / 1000 * rate)) : fft;
    }

    /** From frame to frame. */
    public double hopSeconds() {
      return (double) hop / rate;
    }
  }

  /** Silence: -100..0 dBFS, open not below close; hold 0..10000 ms. */
  public record Gate(double openDbfs, double closeDbfs, double holdMs) {}

  /**
   * Time constants in ms, 0 = off, up to 10000: of ambitus and density, of rms, of the spectrum.
   */
  public record Smoothing(double notesMs, double rmsMs, double spectrumMs) {
    /** Nothing is smoothed. */
    public static final Smoothing OFF = new Smoothing(0, 0, 0);
  }

  /** Notes and onsets that are remembered (2..64), for how long, and how ambitus decays. */
  public record Memory(int notes, int onsets, double oldestSeconds, double decaySeconds) {}

  /** a4Hz: 380..480; onsetThresholdDb: 1..40 above the valley before. */
  public record Tuning(double a4Hz, double onsetThresholdDb) {}

  /** By which methods pitches and attacks are found. */
  public record Detectors(PitchDetector.Method pitch, AttackDetector.Method attacks) {
    /** Our own. */
    public static final Detectors OWN =
        new Detectors(PitchDetector.Method.OWN, AttackDetector.Method.OWN);
  }

  /** FFT 1024, hop 512, pitch 2048 at 44.1 kHz; gate -50/-56 dBFS, 200 ms; nothing smoothed. */
  public static FeatureSettings standard() {
    return new FeatureSettings(
        new Window(44_100, 1024, 512, 2048, 0),
        new Gate(-50, -56, 200),
        Smoothing.OFF,
        new Memory(5, 5, 5, 1),
        new Tuning(440, 6),
        Detectors.OWN,
        Range.LSE);
  }

  /** How raw values are scaled as long as no other range is used. */
  Scaling scaling() {
    return range.scaling();
  }

  /** The same with other windows. */
  public FeatureSettings with(Window other) {
    return new FeatureSettings(other, gate, smoothing, memory, tuning, detectors, range);
  }

  /** The same, smoothed otherwise. */
  public FeatureSettings with(Smoothing other) {
    return new FeatureSettings(window, gate, other, memory, tuning, detectors, range);
  }

  /** The same by other methods. */
  public FeatureSettings with(Detectors other) {
    return new FeatureSettings(window, gate, smoothing, memory, tuning, other, range);
  }
}
