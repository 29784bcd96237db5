package org.latentspace.midi.played;

import org.latentspace.midi.rhythm.Rhythm;

/**
 * A loop that was struck from its first cell to its last.
 *
 * @param rhythm what was struck; its origin names the performer who led
 * @param bar of the song in which it began
 * @param bpm the song's tempo there, in quarter notes a minute
 * @param beganNanos of {@link System#nanoTime}
 * @param times how often it was played in a row, 1 or more
 */
public record PlayedLoop(Rhythm rhythm, long bar, double bpm, long beganNanos, int times) {

  /** The same, played so often. */
  PlayedLoop times(int many) {
    return new PlayedLoop(rhythm, bar, bpm, beganNanos, many);
  }

  /** Whether it is the same loop of the same performer. */
  boolean same(PlayedLoop other) {
    return rhythm.sameStrokes(other.rhythm)
        && rhythm.origin().performer().equals(other.rhythm.origin().performer());
  }
}
