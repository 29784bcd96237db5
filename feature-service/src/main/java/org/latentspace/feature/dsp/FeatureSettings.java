package org.latentspace.feature.dsp;

/** How one performer is listened to. Times in seconds or milliseconds as named. */
public record FeatureSettings(
    Window window,
    Gate gate,
    Smoothing smoothing,
    Memory memory,
    Tuning tuning,
    Detectors detectors,
    Scaling scaling) {

  /**
   * Windows in samples at the rate (Hz) that is analysed: fft and pitch powers of two, hop 16..fft;
   * rmsMs 0 = as long as the fft, else up to 2000.
   */
  public record Window(int rate, int fft, int hop, int pitch, double rmsMs) {
    public Window {
      require(rate >= 8000 && rate <= 192_000, "rate " + rate + " is not in 8000..192000 Hz");
      require(hop >= 16 && hop <= fft, "hop " + hop + " is not in 16..fft (" + fft + ")");
      require(rmsMs >= 0 && rmsMs <= 2000, "rms window " + rmsMs + " is not in 0..2000 ms");
    }

    int rmsSamples() {
      return rmsMs > 0 ? Math.max(1, (int) Math.round(rmsMs / 1000 * rate)) : fft;
    }

    /** From frame to frame. */
    public double hopSeconds() {
      return (double) hop / rate;
    }
  }

  /** Silence: -100..0 dBFS, open not below close; hold 0..10000 ms. */
  public record Gate(double openDbfs, double closeDbfs, double holdMs) {
    public Gate {
      require(
          closeDbfs >= -100 && openDbfs >= closeDbfs && openDbfs <= 0,
          "gate " + openDbfs + "/" + closeDbfs + " is not -100 <= close <= open <= 0 dBFS");
      require(holdMs >= 0 && holdMs <= 10_000, "hold " + holdMs + " is not in 0..10000 ms");
    }
  }

  /**
   * Time constants in ms, 0 = off, up to 10000: of ambitus and density, of rms, of the spectrum.
   */
  public record Smoothing(double notesMs, double rmsMs, double spectrumMs) {
    /** Nothing is smoothed. */
    public static final Smoothing OFF = new Smoothing(0, 0, 0);

    public Smoothing {
      for (double ms : new double[] {notesMs, rmsMs, spectrumMs}) {
        require(ms >= 0 && ms <= 10_000, "smoothing " + ms + " is not in 0..10000 ms");
      }
    }
  }

  /** Notes and onsets that are remembered (2..64), for how long, and how ambitus decays. */
  public record Memory(int notes, int onsets, double oldestSeconds, double decaySeconds) {
    public Memory {
      require(notes >= 2 && notes <= 64, "memory of " + notes + " notes is not in 2..64");
      require(onsets >= 2 && onsets <= 64, "memory of " + onsets + " onsets is not in 2..64");
      require(oldestSeconds >= 0.1 && oldestSeconds <= 600, "memory is not in 0.1..600 s");
      require(decaySeconds >= 0.01 && decaySeconds <= 60, "decay is not in 0.01..60 s");
    }
  }

  /** a4Hz: 380..480; onsetThresholdDb: 1..40 above the valley before. */
  public record Tuning(double a4Hz, double onsetThresholdDb) {
    public Tuning {
      require(a4Hz >= 380 && a4Hz <= 480, "a4 " + a4Hz + " is not in 380..480 Hz");
      require(
          onsetThresholdDb >= 1 && onsetThresholdDb <= 40,
          "onset threshold " + onsetThresholdDb + " is not in 1..40 dB");
    }
  }

  /** By which methods pitches and attacks are found. */
  public record Detectors(PitchMethod pitch, AttackMethod attacks) {
    /** Our own. */
    public static final Detectors OWN = new Detectors(PitchMethod.OWN, AttackMethod.OWN);
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
        Scaling.LSE);
  }

  /** The same with other windows. */
  public FeatureSettings with(Window other) {
    return new FeatureSettings(other, gate, smoothing, memory, tuning, detectors, scaling);
  }

  /** The same, smoothed otherwise. */
  public FeatureSettings with(Smoothing other) {
    return new FeatureSettings(window, gate, other, memory, tuning, detectors, scaling);
  }

  /** The same by other methods. */
  public FeatureSettings with(Detectors other) {
    return new FeatureSettings(window, gate, smoothing, memory, tuning, other, scaling);
  }

  private static void require(boolean holds, String trouble) {
    if (!holds) {
      throw new IllegalArgumentException(trouble);
    }
  }
}
