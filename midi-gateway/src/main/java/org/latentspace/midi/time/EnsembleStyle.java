package org.latentspace.midi.time;

import org.latentspace.midi.time.Transport.TakeOver;

/**
 * How an ensemble plays; can be changed while it does.
 *
 * @param takeOver where a new rhythm takes over
 * @param shuffle 0 = straight .. 1 = the second half of a beat lies on the triplet's place
 * @param nudgeNanos everything is struck so much later, -500..500 ms; negative: earlier
 * @param mute nothing is struck
 * @param solo ensembles without it strike nothing
 */
public record EnsembleStyle(
    TakeOver takeOver, float shuffle, long nudgeNanos, boolean mute, boolean solo) {
  private static final long MOST_NUDGE_NANOS = 500_000_000;

  /** Throws IllegalArgumentException with the value and its range. */
  public EnsembleStyle {
    if (!(shuffle >= 0 && shuffle <= 1)) {
      throw new IllegalArgumentException("shuffle is " + shuffle + ", expected 0..1");
    }
    if (Math.abs(nudgeNanos) > MOST_NUDGE_NANOS) {
      throw new IllegalArgumentException(
          "nudge_ms is " + nudgeNanos / 1e6 + ", expected -500..500");
    }
  }
}
