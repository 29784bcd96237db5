package org.latentspace.audio.sound;

/**
 * The ways in which the built-in performer plays a phrase: chosen so that each of the ten numbers
 * that are heard in the sound visits both of its ends within a minute.
 */
enum PlayStyle {
  /** Low and slow, slurred, half loud: small density, dark. */
  LOW_SLOW(
      new ValueRange(49, 59),
      new ValueRange(0.65, 1.3),
      new Level(new ValueRange(0.07, 0.10), 0.30, 0.05),
      new Motion(2, 0.8)),
  /** High and fast, tongued: great density, high centroid. */
  HIGH_FAST(
      new ValueRange(69, 81),
      new ValueRange(0.125, 0.19),
      new Level(new ValueRange(0.09, 0.13), 0.60, 0.05),
      new Motion(3, 0.2)),
  /** Soft and airy in the middle: small RMS, flat spectrum. */
  SOFT(
      new ValueRange(57, 68),
      new ValueRange(0.5, 1.0),
      new Level(new ValueRange(0.026, 0.036), 0.15, 0.16),
      new Motion(2, 0.6)),
  /** Loud and low: great RMS. */
  LOUD(
      new ValueRange(52, 66),
      new ValueRange(0.25, 0.6),
      new Level(new ValueRange(0.17, 0.195), 0.80, 0.04),
      new Motion(4, 0.3)),
  /** Long notes with an edge, every harmonic up: great spread and rolloff. */
  BRIGHT(
      new ValueRange(61, 73),
      new ValueRange(0.4, 0.9),
      new Level(new ValueRange(0.11, 0.15), 1.0, 0.07),
      new Motion(3, 0.5)),
  /** Two octaves up and down: great ambitus. */
  LEAPS(
      new ValueRange(49, 80),
      new ValueRange(0.22, 0.42),
      new Level(new ValueRange(0.09, 0.14), 0.55, 0.05),
      new Motion(12, 0.1)),
  /** Nothing: the silence gate closes, density and ambitus decay. */
  REST(
      new ValueRange(0, 0),
      new ValueRange(2, 3.2),
      new Level(new ValueRange(0, 0), 0, 0),
      new Motion(0, 0));

  /** A range of a musical quantity from which chance picks. */
  record ValueRange(double low, double high) {
    /** The value at {@code part} 0..1 of the way from low to high. */
    double at(double part) {
      return low + (high - low) * part;
    }
  }

  /** RMS as a part of full scale; brightness 0..1; breath noise as a part of the tone's RMS. */
  record Level(ValueRange rms, double brightness, double breath) {}

  /** The widest step in degrees of the scale, and how many of the notes are slurred, 0..1. */
  record Motion(int widestStep, double slurred) {}

  /** The order of a cycle of about 75 seconds. */
  static final PlayStyle[] CYCLE = {
    LOW_SLOW, HIGH_FAST, REST, SOFT, LOUD, LEAPS, REST, BRIGHT, LOW_SLOW, LEAPS, HIGH_FAST, LOUD,
    REST
  };

  private final ValueRange midi;
  private final ValueRange noteSeconds;
  private final Level level;
  private final Motion motion;

  PlayStyle(ValueRange midi, ValueRange noteSeconds, Level level, Motion motion) {
    this.midi = midi;
    this.noteSeconds = noteSeconds;
    this.level = level;
    this.motion = motion;
  }

  ValueRange midi() {
    return midi;
  }

  ValueRange noteSeconds() {
    return noteSeconds;
  }

  Level level() {
    return level;
  }

  Motion motion() {
    return motion;
  }
}
