package org.latentspace.training.rhythm;

/**
 * The grid that a rhythm lies on: how many bars of which metre, cut into how many steps a beat.
 *
 * <p>A beat is one `beatUnit`-th note: in 6/8 there are six beats of an eighth each.
 */
public record Grid(int bars, int beatsPerBar, int beatUnit, int stepsPerBeat) {

  /** Two bars of 4/4, twelve steps a beat: holds sixteenths and triplets exactly. */
  public static final Grid STANDARD = new Grid(2, 4, 4, 12);

  /** Throws IllegalArgumentException for a grid outside the supported ones. */
  public Grid {
    check("bars", bars, 1, 2, 4, 8);
    check("beats per bar", beatsPerBar, 1, 2, 3, 4, 5, 6, 7, 9, 12);
    check("beat unit", beatUnit, 2, 4, 8, 16);
    check("steps per beat", stepsPerBeat, 4, 6, 8, 12, 24);
  }

  private static void check(String name, int value, int... allowed) {
    for (int each : allowed) {
      if (each == value) {
        return;
      }
    }
    throw new IllegalArgumentException(
        name + " is " + value + ", must be one of " + java.util.Arrays.toString(allowed));
  }

  public int stepsPerBar() {
    return beatsPerBar * stepsPerBeat;
  }

  public int steps() {
    return bars * stepsPerBar();
  }

  /** Steps in a quarter note, the unit that MIDI counts in; may be a fraction of none. */
  public double stepsPerQuarter() {
    return stepsPerBeat * beatUnit / 4.0;
  }

  /** Length of one step in milliseconds at a tempo in quarter notes a minute. */
  public double stepMillis(double bpm) {
    return 60_000.0 / bpm / stepsPerQuarter();
  }
}
