package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Pattern;

/** Where strokes go that are due. Called on the timing thread: never blocks, never throws. */
public interface StrokeSink {
  /**
   * Strike one stroke of a pattern now.
   *
   * @param grain its place in the song, shuffle included
   */
  void strike(Pattern pattern, int stroke, long grain);
}
