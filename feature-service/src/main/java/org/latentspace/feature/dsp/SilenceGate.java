package org.latentspace.feature.dsp;

/** Tells silence from sound: opens at one level, closes when a lower one has held for a while. */
final class SilenceGate {
  private final double openDbfs;
  private final double closeDbfs;
  private final double holdSeconds;
  private boolean silent = true;
  private double quietSince;

  /** openDbfs above closeDbfs; hold: seconds. */
  SilenceGate(double openDbfs, double closeDbfs, double holdSeconds) {
    this.openDbfs = openDbfs;
    this.closeDbfs = closeDbfs;
    this.holdSeconds = holdSeconds;
  }

  /** True when silent, at the time now (seconds) with the level of the newest samples. */
  boolean silent(double levelDbfs, double now) {
    if (silent) {
      silent = levelDbfs < openDbfs;
      quietSince = now;
    } else if (levelDbfs >= closeDbfs) {
      quietSince = now;
    } else {
      silent = now - quietSince >= holdSeconds;
    }
    return silent;
  }
}
