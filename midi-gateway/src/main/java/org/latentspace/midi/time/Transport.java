package org.latentspace.midi.time;

/**
 * What the musician wants of the clock, which all ensembles share.
 *
 * @param bpm 20..300 quarter notes a minute
 * @param playing false = stopped, until told otherwise
 */
public record Transport(double bpm, boolean playing) {
  /** Throws IllegalArgumentException with the value and its range. */
  public Transport {
    if (!(bpm >= Clock.SLOWEST_BPM && bpm <= Clock.FASTEST_BPM)) {
      throw new IllegalArgumentException("bpm is " + bpm + ", expected 20..300");
    }
  }

  /** At which line of the song a new rhythm takes over from the old one. */
  public enum TakeOver {
    CELL,
    BEAT,
    BAR
  }
}
