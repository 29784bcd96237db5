package org.latentspace.feature.dsp;

/**
 * Hears slurs: a new note without an attack.
 *
 * <p>A leap of more than two semitones: neither the period that the sound had 46 ms ago nor any
 * within vibrato's reach fits it any longer. The new partials spoil it as soon as they sound, well
 * before the new pitch can be named.
 *
 * <p>A semitone or two, which a vibrato of 100 cents sweeps as well: the pitch stood still for 95
 * ms and then its period broke, or it is 80 cents away. No vibrato of 4 to 7 Hz that moves so far
 * stands still for so long.
 */
final class SlurDetector {
  private static final double LOOK_BACK_SECONDS = 0.046;
  private static final double SURE = 0.85;
  private static final double BREAK = 0.04;
  private static final double LEAP_BREAK = 0.15;

  /** Of a note so low that the window holds few periods, whose end alone breaks a little. */
  private static final double LOW_BREAK = 0.25;

  /** A sound that dies away loses its period too, but begins nothing. */
  private static final double DYING = 0.25;

  private static final double STEADY_SECONDS = 0.095;
  private static final double STEADY_CENTS = 25;
  private static final double MOVED_CENTS = 80;

  /** How long after it stood still a pitch counts as having done so. */
  private static final double FRESH_SECONDS = 0.080;

  /** In frames that end sooner after an onset than half the pitch window the old note prevails. */
  private static final double OLD_NOTE_SHARE = 0.5;

  private final int depth;
  private final int lookBack;
  private final int steadyFrames;
  private final double windowSeconds;
  private final double[] lags;
  private final double[] confidences;
  private final double[] levels;
  private final double[] times;
  private int at;
  private double steadyLag;
  private double steadySure;
  private double steadyUntil = Double.NEGATIVE_INFINITY;
  private int movedFrames;

  /** hopSeconds: between frames; windowSeconds: of the pitch detector. */
  SlurDetector(double hopSeconds, double windowSeconds) {
    lookBack = Math.max(1, (int) Math.round(LOOK_BACK_SECONDS / hopSeconds));
    steadyFrames = Math.max(2, 1 + (int) Math.round(STEADY_SECONDS / hopSeconds));
    depth = Math.max(lookBack, steadyFrames);
    this.windowSeconds = windowSeconds;
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
    boolean living = level >= loudest() * DYING;
    boolean heard = leapt(pitch, lastOnset) | moved(pitch, now);
    remember(pitch, now, level);
    findSteady(now, lastOnset);
    return heard && living;
  }

  private boolean leapt(PitchDetector pitch, double lastOnset) {
    int old = index(lookBack);
    double lag = lags[old];
    double sure = confidences[old];
    return sure >= SURE
        && lag > 0
        && times[old] - windowSeconds >= lastOnset
        && sure - pitch.fit(lag, PitchDetector.VIBRATO) > change(pitch, lag, LEAP_BREAK)
        && !misheardOctave(pitch, lag);
  }

  private boolean moved(PitchDetector pitch, double now) {
    if (now - steadyUntil > FRESH_SECONDS) {
      movedFrames = 0;
      return false;
    }
    boolean away =
        pitch.confidence() >= SURE
            && pitch.lag() > 0
            && Math.abs(cents(pitch.lag(), steadyLag)) >= MOVED_CENTS
            && !misheardOctave(pitch, steadyLag);
    movedFrames = away ? movedFrames + 1 : 0;
    boolean broken =
        steadySure - pitch.fit(steadyLag, PitchDetector.SAME_NOTE) > change(pitch, steadyLag, BREAK)
            && !misheardOctave(pitch, steadyLag);
    return movedFrames >= 2 || broken;
  }

  private static double change(PitchDetector pitch, double lag, double usual) {
    return pitch.isLow(lag) ? LOW_BREAK : usual;
  }

  private void remember(PitchDetector pitch, double now, double level) {
    lags[at] = pitch.lag();
    confidences[at] = pitch.confidence();
    levels[at] = level;
    times[at] = now;
    at = (at + 1) % depth;
  }

  /** The frame that is so many frames older than the one to come. */
  private int index(int older) {
    return (at - older + depth) % depth;
  }

  /** Whether the newest frames, 95 ms of them, all have one pitch and belong to one note. */
  private void findSteady(double now, double lastOnset) {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    double sum = 0;
    double sure = 1;
    for (int i = 1; i <= steadyFrames; i++) {
      int frame = index(i);
      if (confidences[frame] < SURE || lags[frame] <= 0) {
        return;
      }
      low = Math.min(low, lags[frame]);
      high = Math.max(high, lags[frame]);
      sum += lags[frame];
      sure = Math.min(sure, confidences[frame]);
    }
    boolean ownNote = times[index(steadyFrames)] - windowSeconds * OLD_NOTE_SHARE >= lastOnset;
    if (ownNote && cents(high, low) <= STEADY_CENTS) {
      steadyLag = sum / steadyFrames;
      steadySure = sure;
      steadyUntil = now;
    }
  }

  private static double cents(double lag, double other) {
    return 1200 / Math.log(2) * Math.log(lag / other);
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
    for (int i = 1; i <= lookBack; i++) {
      loudest = Math.max(loudest, levels[index(i)]);
    }
    return loudest;
  }

  /** The pitch has stood still for the last 95 ms up to this frame. */
  boolean steady(double now) {
    return steadyUntil == now;
  }

  /** A slur or attack began a note: what stood still before it belongs to the old one. */
  void begin() {
    steadyUntil = Double.NEGATIVE_INFINITY;
    movedFrames = 0;
  }

  /** The longest that was sure in the last 95 ms, samples; 0 = none was. */
  double period() {
    double longest = 0;
    for (int i = 0; i < depth; i++) {
      if (confidences[i] >= SURE) {
        longest = Math.max(longest, lags[i]);
      }
    }
    return longest;
  }
}
