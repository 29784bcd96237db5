package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Grid;

/**
 * Where the music is: the newest bar line, from which the place follows at any time.
 *
 * @param bar counts from 0
 * @param barNanos when the bar began, at the present tempo
 * @param bpm quarter notes a minute
 * @param playing whether the song runs
 * @param heldNanos where time stands while it does not run
 * @param grid of the bar
 */
public record SongPosition(
    long bar, long barNanos, double bpm, boolean playing, long heldNanos, Grid grid) {
  /** Before the first rhythm. */
  public static SongPosition waiting(double bpm) {
    return new SongPosition(0, 0, bpm, false, 0, Grid.FOUR_FOUR);
  }

  /** Beats into the bar, 0..beats per bar. */
  public double beat(long nowNanos) {
    double quarters = ((playing ? nowNanos : heldNanos) - barNanos) * bpm / 60e9;
    double beat = quarters * grid.beatUnit() / 4;
    return Math.max(0, Math.min(beat, grid.beatsPerBar()));
  }
}
