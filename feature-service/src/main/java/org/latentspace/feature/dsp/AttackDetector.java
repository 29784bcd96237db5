package org.latentspace.feature.dsp;

/** Hears where notes and hits begin that begin with an attack. */
public abstract class AttackDetector {
  /** How attacks are found; docs/decisions/0003-pitch-detector.md says which suits whom. */
  public enum Method {
    /** By the level, as for all unless something else is said. */
    OWN,
    /** TarsosDSP's percussion onset detector: most of the spectrum becomes louder at once. */
    PERCUSSIVE;

    AttackDetector detector(FeatureSettings settings) {
      double rate = settings.window().rate();
      double thresholdDb = settings.tuning().onsetThresholdDb();
      double floorDbfs = settings.gate().openDbfs();
      return this == OWN
          ? new LevelAttackDetector(rate, thresholdDb, floorDbfs)
          : new PercussiveAttackDetector(settings.window().fft(), rate, thresholdDb, floorDbfs);
    }
  }

  static final double REFRACTORY_SECONDS = 0.050;

  private final long refractory;
  long samples;
  long lastOnset;

  /** rate: Hz; silentSeconds: how long before the first sound the last onset was. */
  AttackDetector(double rate, double silentSeconds) {
    refractory = Math.round(REFRACTORY_SECONDS * rate);
    lastOnset = -Math.round(silentSeconds * rate);
  }

  /**
   * Listens to samples from..to-1 of a history that ends with the newest hop; true when an attack
   * is among them. loud: their linear RMS; period: of the sound before, in samples, 0 = not known.
   */
  abstract boolean hear(float[] history, int from, int to, double loud, double period);

  /** An onset that was heard by other means: the attack that may follow belongs to it. */
  void begin() {
    lastOnset = samples;
  }

  /** An onset was so recently (50 ms) that there can be no other. */
  final boolean refractory() {
    return samples - lastOnset < refractory;
  }
}
