package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Pattern;

/** Where the scheduler puts what is due, in the order of time. Never blocks, never throws. */
public interface StrokeSink {
  /**
   * Strike one stroke of a pattern.
   *
   * @param grain its place in the song, shuffle included
   */
  void strike(Pattern pattern, int stroke, long grain);

  /** A bar begins that this pattern has begun. */
  default void barLine(Pattern pattern, long grain) {}
}
