package org.latentspace.feature.dsp;

/**
 * How wide the recent notes lie: the largest minus the smallest pitch of the last few notes that are
 * not too old. In a narrow phrase a single note an octave above or below it is taken for a misheard
 * one and left out; in a wide phrase nothing is. In silence the value
 * decays towards 0.
 */
final class Ambitus {
  /** A phrase within this range is narrow. */
  private static final double NARROW_SEMITONES = 6;

  private static final double OCTAVE_CARE_SEMITONES = 0.5;
  private static final double NOTHING = 0.05;

  private final double[] pitches;
  private final double[] times;
  private final double oldestSeconds;
  private final double decaySeconds;
  private int newest = -1;
  private int count;
  private double value;
  private double updated;

  /** notes: 2..64 remembered; oldest and decay: seconds. */
  Ambitus(int notes, double oldestSeconds, double decaySeconds) {
    pitches = new double[notes];
    times = new double[notes];
    this.oldestSeconds = oldestSeconds;
    this.decaySeconds = decaySeconds;
  }

  /** A new note; pitch as MIDI note number, onset in seconds. */
  void add(double pitch, double onset) {
    newest = (newest + 1) % pitches.length;
    count = Math.min(count + 1, pitches.length);
    pitches[newest] = pitch;
    times[newest] = onset;
  }

  /** The newest note's pitch as it is known by now. */
  void correct(double pitch) {
    pitches[newest] = pitch;
  }

  /** Semitones at the time now, which never goes back; 0 until the second note. */
  double semitones(double now, boolean silent) {
    forget(now);
    double range = range();
    if (silent) {
      value = Math.min(range, value * Math.exp(-(now - updated) / decaySeconds));
      if (value < NOTHING) {
        value = 0;
      }
    } else {
      value = range;
    }
    updated = now;
    return value;
  }

  private void forget(double now) {
    while (count > 0 && times[index(count - 1)] < now - oldestSeconds) {
      count--;
    }
  }

  /** Where the note stands that is so many notes older than the newest. */
  private int index(int older) {
    return (newest - older + pitches.length) % pitches.length;
  }

  private double range() {
    if (count < 2) {
      return 0;
    }
    int lowest = index(0);
    int highest = lowest;
    for (int i = 1; i < count; i++) {
      int note = index(i);
      lowest = pitches[note] < pitches[lowest] ? note : lowest;
      highest = pitches[note] > pitches[highest] ? note : highest;
    }
    double range = pitches[highest] - pitches[lowest];
    if (count >= 3 && range > NARROW_SEMITONES) {
      return Math.min(rangeWithout(highest, range), rangeWithout(lowest, range));
    }
    return range;
  }

  /** The range without a note if that note looks like a misheard octave, else the range. */
  private double rangeWithout(int outlier, double range) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      int note = index(i);
      if (note != outlier) {
        low = Math.min(low, pitches[note]);
        high = Math.max(high, pitches[note]);
      }
    }
    boolean narrow = high - low <= NARROW_SEMITONES;
    double middle = (low + high) / 2;
    double reach = (high - low) / 2 + OCTAVE_CARE_SEMITONES;
    double away = Math.abs(pitches[outlier] - middle);
    boolean octave = Math.abs(away - 12) <= reach;
    return narrow && octave ? high - low : range;
  }
}
