package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.robot.DropReason;
import org.latentspace.midi.robot.Striker;

/**
 * Sees what is played: whose cells they are, where bars begin, where it stops. Called on the timing
 * thread; never blocks, never throws, allocates nothing.
 */
public interface PlaybackListener {
  /** Sees nothing. */
  PlaybackListener NOBODY = new PlaybackListener() {};

  /**
   * From this step of this bar on cells belong to this pattern, up to the next call; called when
   * they are opened, so for a bar's first cell before its bar line.
   *
   * @param bpm quarter notes a minute
   */
  default void own(Pattern owner, long bar, int step, double bpm) {}

  /**
   * A bar begins: everything of the bar before it has been struck.
   *
   * @param grain of the song at which it begins
   */
  default void barLine(long bar, long grain) {}

  /**
   * A stroke has left for a robot; once for each robot, and in the order in which they leave, so
   * one that is early or slow before its bar line.
   *
   * @param stroke of the pattern
   * @param grain of the song at which it is heard
   */
  default void struck(Pattern pattern, int stroke, long grain) {}

  /**
   * A stroke that was worked out is not struck.
   *
   * @param noteOn a MIDI note-on, 0x9cnnvv
   * @param grain place in the song at which it would have been heard
   */
  default void dropped(Striker by, int noteOn, long grain, DropReason why) {}

  /**
   * The song stops or ends.
   *
   * @param wholeBar at a bar line, so that its last bar has been struck to the end
   */
  default void halt(boolean wholeBar) {}
}
