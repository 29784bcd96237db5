package org.latentspace.midi.time;

/**
 * A clock elsewhere that the song may follow: its tempo, its transport, or both. What is read is
 * read by the timing thread: it never waits and allocates nothing. Times are of {@link
 * System#nanoTime}.
 */
public interface ClockSource {
  /** Which kinds of clocks there are. */
  enum Kind {
    INTERNAL,
    MIDI,
    LINK
  }

  /** What is known of the clock. */
  enum State {
    /** Nothing has come yet. */
    WAITING,
    FOLLOWING,
    /** Nothing comes any more; the song goes on at the last tempo. */
    LOST
  }

  Kind kind();

  /** Takes what has come since the last call. */
  default void read() {}

  State state(long nanos);

  /** Quarter notes a minute. */
  double bpm();

  /** Where it is, in grains. */
  double placeAt(long nanos);

  /** Places so many grains apart are alike to it. */
  long cycleGrains();

  /** Changes whenever its place jumps. */
  long jumps();

  /** The earliest moment, from this one on, at which a song may begin that shall be in phase. */
  long beginNanos(long earliest);

  /** Changes whenever it starts, stops, or is put elsewhere. */
  long orders();

  /** Whether it plays, or is going to at {@link #startNanos}. */
  boolean plays();

  /** When it started, or will. */
  long startNanos();

  /** Where the song is to be at the start; negative: where it was held, at the next cycle. */
  long startGrain();

  /** Others that share it. */
  default int peers() {
    return 0;
  }

  /**
   * Gives it a tempo; may wait.
   *
   * @param rampNanos it is reached after so long
   * @return false = it takes none
   */
  default boolean tempo(double bpm, long rampNanos) {
    return false;
  }

  /**
   * Starts or stops it, for all who follow it; may wait.
   *
   * @return false = it takes no orders
   */
  default boolean play(boolean playing) {
    return false;
  }
}
