package org.latentspace.link;

/**
 * Which beat is at which ghost time: a straight line. Of two timelines of a session the one with
 * the later beat origin holds.
 *
 * @param microsPerBeat tempo in microseconds a beat
 * @param beatOrigin the beat at the time origin, in millionths of a beat
 * @param timeOrigin ghost time in microseconds
 */
record Timeline(long microsPerBeat, long beatOrigin, long timeOrigin) {
  static final double SLOWEST_BPM = 20;
  static final double FASTEST_BPM = 999;

  private static final double MICROS_PER_MINUTE = 60e6;
  private static final long MOST = 1L << 53;

  /** Such a tempo in the protocol's whole microseconds. */
  static long microsPerBeat(double bpm) {
    if (!(bpm >= SLOWEST_BPM && bpm <= FASTEST_BPM)) {
      throw new IllegalArgumentException("tempo is " + bpm + ", expected 20..999 bpm");
    }
    return Math.round(MICROS_PER_MINUTE / bpm);
  }

  /** Whether a peer may say so. */
  boolean isSound() {
    return microsPerBeat >= Math.round(MICROS_PER_MINUTE / FASTEST_BPM)
        && microsPerBeat <= Math.round(MICROS_PER_MINUTE / SLOWEST_BPM)
        && isSound(beatOrigin)
        && isSound(timeOrigin);
  }

  /** Whether a time or a beat is no nonsense: within 2^53, some 285 years of microseconds. */
  static boolean isSound(long millionths) {
    return millionths > -MOST && millionths < MOST;
  }

  double bpm() {
    return MICROS_PER_MINUTE / microsPerBeat;
  }

  double beatAt(double ghostMicros) {
    return beatOrigin / 1e6 + (ghostMicros - timeOrigin) / microsPerBeat;
  }

  double ghostAt(double beat) {
    return timeOrigin + (beat - beatOrigin / 1e6) * microsPerBeat;
  }

  /** Goes on from a ghost time at another tempo, and holds against this one. */
  Timeline bent(long otherMicrosPerBeat, long ghostMicros) {
    long origin = Math.max(Math.round(beatAt(ghostMicros) * 1e6), beatOrigin + 1);
    return new Timeline(otherMicrosPerBeat, origin, ghostMicros);
  }
}
