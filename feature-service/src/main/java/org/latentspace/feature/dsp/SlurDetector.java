package org.latentspace.feature.dsp;

/**
 * Hears slurs: no attack, but the period that the sound had 46 ms ago no longer fits it. The new
 * partials spoil the old period as soon as they sound, well before the new pitch can be named.
 */
final class SlurDetector {
  private static final double LOOK_BACK_SECONDS = 0.046;
  private static final double SURE = 0.85;
  private static final double BREAK = 0.05;

  /** A sound that dies away loses its period too, but begins nothing. */
  private static final double DYING = 0.25;

  private final int depth;
  private final double settleSeconds;
  private final double[] lags;
  private final double[] confidences;
  private final double[] levels;
  private final double[] times;
  private int at;

  /** hopSeconds: between frames; windowSeconds: of the pitch detector. */
  SlurDetector(double hopSeconds, double windowSeconds) {
    depth = Math.max(1, (int) Math.round(LOOK_BACK_SECONDS / hopSeconds));
    settleSeconds = windowSeconds;
    lags = new double[depth];
    confidences = new double[depth];
    levels = new double[depth];
    times = new double[depth];
  }

  /**
   * True when a slur began. now and lastOnset: seconds; level: linear RMS of the newest hop, which
   * the pitch detector has just listened to.
   */
  boolean hear(PitchDetector pitch, double now, double lastOnset, double level) {
    double lag = lags[at];
    double sure = confidences[at];
    boolean heard =
        sure >= SURE
            && lag > 0
            && times[at] - settleSeconds >= lastOnset
            && level >= loudest() * DYING
            && sure - pitch.fit(lag) > BREAK
            && !misheardOctave(pitch, lag);
    lags[at] = pitch.lag();
    confidences[at] = pitch.confidence();
    levels[at] = level;
    times[at] = now;
    at = (at + 1) % depth;
    return heard;
  }

  /** The whole sound repeats at twice or thrice the old period: that one was an overtone's. */
  private static boolean misheardOctave(PitchDetector pitch, double lag) {
    double ratio = pitch.lag() / lag;
    return pitch.confidence() >= SURE
        && (Math.abs(ratio - 2) < 2 * PitchDetector.SAME_PITCH
            || Math.abs(ratio - 3) < 3 * PitchDetector.SAME_PITCH);
  }

  private double loudest() {
    double loudest = 0;
    for (double level : levels) {
      loudest = Math.max(loudest, level);
    }
    return loudest;
  }
}
