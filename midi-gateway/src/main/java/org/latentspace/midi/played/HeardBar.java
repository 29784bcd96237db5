package org.latentspace.midi.played;

import org.latentspace.midi.rhythm.Rhythm;

/**
 * A bar in which something was struck.
 *
 * @param rhythm the bar's strokes on its grid, as they were struck; of one bar, or of as many as
 *     the loop was run through in it; its origin names the performer
 * @param bar of the song
 * @param bpm quarter notes a minute of the rhythm
 * @param beganNanos of {@link System#nanoTime}
 */
public record HeardBar(Rhythm rhythm, long bar, double bpm, long beganNanos) {

  /** Whether the other bar follows without a gap, of the same performer and in the same metre. */
  boolean isFollowedBy(HeardBar next) {
    return next.bar == bar + 1
        && next.rhythm.grid().beatsPerBar() == rhythm.grid().beatsPerBar()
        && next.rhythm.grid().beatUnit() == rhythm.grid().beatUnit()
        && next.rhythm.origin().performer().equals(rhythm.origin().performer());
  }
}
