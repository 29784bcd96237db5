package org.latentspace.feature.dsp;

/**
 * Makes notes of onsets and pitches: a note is an onset followed by a stable pitch. Its pitch is
 * the median of its first stable frames, the surer ones weighing more, so that neither a squeak nor
 * a breath of another octave at the attack decides. A pitch that settles elsewhere without any
 * onset begins a note as well.
 */
final class NoteTracker {
  private static final double SURE = 0.6;

  /** Windows that end sooner after the onset still hear what was before it. */
  private static final double SETTLE_SECONDS = 0.046;

  /** A whole swing of the slowest vibrato. */
  private static final double DECIDE_SECONDS = 0.250;

  private static final double STABLE_SEMITONES = 0.5;
  private static final double MOVED_SEMITONES = 0.7;

  /** What stands still elsewhere for so long is no turning point of a vibrato. */
  private static final double STILL_SECONDS = 0.075;

  private static final double STILL_SEMITONES = 0.25;

  /** Nor is what stays on one side for so long, still or not. */
  private static final double MOVED_SECONDS = 0.150;

  /** A wrong octave may be heard for a while within a note; a real one stays. */
  private static final double OCTAVE_SECONDS = 0.120;

  /** What settles elsewhere so soon was not another note but the same one, misheard at first. */
  private static final double CORRECT_SECONDS = 0.350;

  /** Weight of a frame: 1 / (DOUBT + 1 - confidence). */
  private static final double DOUBT = 0.005;

  private static final int FRAMES = 128;

  private final double[] pitches = new double[FRAMES];
  private final double[] weights = new double[FRAMES];
  private final double hopSeconds;
  private final Ambitus ambitus;
  private double onset = Double.NEGATIVE_INFINITY;
  private boolean inNote;
  private boolean entered;
  private int count;
  private double pitch;
  private double previous;
  private double lowest;
  private double highest;
  private double movedSeconds;
  private double stillSeconds;

  NoteTracker(double hopSeconds, Ambitus ambitus) {
    this.hopSeconds = hopSeconds;
    this.ambitus = ambitus;
  }

  /** A note or hit begins; now in seconds. */
  void begin(double now) {
    onset = now;
    inNote = true;
    entered = false;
    count = 0;
    previous = 0;
    movedSeconds = 0;
  }

  /** The sound is over: what comes without an onset is no note. */
  void end() {
    inNote = false;
  }

  /** A note is under way. */
  boolean inNote() {
    return inNote;
  }

  /**
   * Listens to a frame's pitch (MIDI note number, 0 = none). True when the pitch has settled
   * elsewhere, so that the caller begins a new note.
   */
  boolean hear(double now, double midi, double confidence) {
    if (!inNote || now - onset < SETTLE_SECONDS) {
      return false;
    }
    boolean sure = midi > 0 && confidence >= SURE;
    boolean steady = sure && previous > 0 && Math.abs(midi - previous) <= STABLE_SEMITONES;
    previous = sure ? midi : 0;
    if (!steady) {
      movedSeconds = 0;
      return false;
    }
    if (now - onset <= DECIDE_SECONDS || count == 0) {
      collect(midi, confidence);
      return false;
    }
    boolean elsewhere = hasMoved(midi);
    if (elsewhere && now - onset <= CORRECT_SECONDS) {
      count = 0;
      movedSeconds = 0;
      collect(midi, confidence);
      return false;
    }
    return elsewhere;
  }

  private void collect(double midi, double confidence) {
    if (count == FRAMES) {
      return;
    }
    insert(midi, 1 / (DOUBT + 1 - confidence));
    pitch = weightedMedian();
    if (entered) {
      ambitus.correct(pitch);
    } else {
      ambitus.add(pitch, onset);
      entered = true;
    }
  }

  private void insert(double midi, double weight) {
    int at = count++;
    while (at > 0 && pitches[at - 1] > midi) {
      pitches[at] = pitches[at - 1];
      weights[at] = weights[at - 1];
      at--;
    }
    pitches[at] = midi;
    weights[at] = weight;
  }

  private double weightedMedian() {
    double half = 0;
    for (int i = 0; i < count; i++) {
      half += weights[i] / 2;
    }
    int at = 0;
    double below = weights[0];
    while (below < half) {
      below += weights[++at];
    }
    return pitches[at];
  }

  private boolean hasMoved(double midi) {
    double off = midi - pitch;
    if (Math.abs(off) < MOVED_SEMITONES || movedSeconds > 0 && off > 0 != lowest > pitch) {
      movedSeconds = 0;
      return false;
    }
    double low = Math.min(lowest, midi);
    double high = Math.max(highest, midi);
    boolean still = movedSeconds > 0 && high - low <= STILL_SEMITONES;
    lowest = still ? low : midi;
    highest = still ? high : midi;
    stillSeconds = still ? stillSeconds + hopSeconds : 0;
    movedSeconds += hopSeconds;
    double apart = Math.abs(off);
    return likeOctave(apart)
        ? movedSeconds >= OCTAVE_SECONDS
        : stillSeconds >= STILL_SECONDS || movedSeconds >= MOVED_SECONDS;
  }

  private static boolean likeOctave(double semitones) {
    return Math.abs(semitones - 12) < 1
        || Math.abs(semitones - 19) < 1
        || Math.abs(semitones - 24) < 1;
  }
}
