package org.latentspace.midi.time;

/**
 * How the musician wants it played.
 *
 * @param bpm 20..300 quarter notes a minute
 * @param playing false = stopped, until told otherwise
 * @param takeOver where a new rhythm takes over
 * @param shuffle 0 = straight .. 1 = the second half of a beat lies on the triplet's place
 */
public record Transport(double bpm, boolean playing, TakeOver takeOver, float shuffle) {
  /** Throws IllegalArgumentException with the value and its range. */
  public Transport {
    if (!(bpm >= Clock.SLOWEST_BPM && bpm <= Clock.FASTEST_BPM)) {
      throw new IllegalArgumentException("bpm is " + bpm + ", expected 20..300");
    }
    if (!(shuffle >= 0 && shuffle <= 1)) {
      throw new IllegalArgumentException("shuffle is " + shuffle + ", expected 0..1");
    }
  }

  /** At which line of the song a new rhythm takes over from the old one. */
  public enum TakeOver {
    CELL,
    BEAT,
    BAR
  }
}
