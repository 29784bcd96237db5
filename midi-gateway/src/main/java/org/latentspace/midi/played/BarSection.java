package org.latentspace.midi.played;

import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;

/**
 * A stretch of one bar, with whom each of its cells belonged to: the whole bar, or one run through
 * a loop that is shorter than the bar.
 *
 * @param owners one a cell, all on the same grid
 * @param step of the bar at which it begins
 * @param bpm quarter notes a minute
 * @param beganNanos of {@link System#nanoTime}
 */
record BarSection(Pattern[] owners, long bar, int step, double bpm, long beganNanos) {

  Rhythm first() {
    return owners[0].rhythm();
  }

  /** The step of the loop that a cell plays. */
  int loopStep(int cell) {
    return first().grid().loopStep(bar, step + cell);
  }

  /** Whether one rhythm owns all of it. */
  boolean isPure() {
    return ownedBy(first());
  }

  boolean ownedBy(Rhythm rhythm) {
    Pattern seen = null;
    for (Pattern owner : owners) {
      if (owner != seen && !owner.rhythm().sameStrokes(rhythm)) {
        return false;
      }
      seen = owner;
    }
    return true;
  }

  /** Whether all of it can stand in one loop with this rhythm. */
  boolean fits(Rhythm rhythm) {
    for (Pattern owner : owners) {
      if (!owner.grid().equals(rhythm.grid()) || !owner.rhythm().voices().equals(rhythm.voices())) {
        return false;
      }
    }
    return true;
  }
}
