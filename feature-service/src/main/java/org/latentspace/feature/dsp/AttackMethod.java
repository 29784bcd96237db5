package org.latentspace.feature.dsp;

/** How attacks are found; docs/decisions/0003-pitch-detector.md says which suits whom. */
public enum AttackMethod {
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
