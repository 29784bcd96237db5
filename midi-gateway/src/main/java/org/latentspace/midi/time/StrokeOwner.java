package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.robot.DropReason;
import org.latentspace.midi.robot.Striker;

/** Whose strokes are planned, and what becomes of them. Never blocks, never throws. */
interface StrokeOwner {
  /** When a place of the song is heard. */
  long nanosAt(long grain);

  /** Whether none of its strokes are struck. */
  boolean isSilent();

  /** The bar that was planned begins. */
  void reachBarLine(Pattern pattern, long grain);

  /** A stroke of a pattern has left, and is heard at this place of the song. */
  void struck(Striker by, Pattern pattern, int stroke, long grain);

  /** A stroke does not leave. */
  void dropped(Striker by, int noteOn, long grain, DropReason why);
}
