package org.latentspace.model;

/**
 * The grid on which a rhythm lies: how many bars of which metre, cut into how many steps a beat.
 *
 * @param bars 1, 2, 4 or 8
 * @param beatsPerBar 1..12
 * @param beatUnit 4 or 8: the note value that is a beat; 6/8 has six beats of an eighth each
 * @param stepsPerBeat 4, 6, 8, 12 or 24
 */
public record Grid(int bars, int beatsPerBar, int beatUnit, int stepsPerBeat) {

  /** Two bars of 4/4, twelve steps a beat: sixteenths and triplets lie exactly on it. */
  public static final Grid STANDARD = new Grid(2, 4, 4, 12);

  /**
   * Refuses a grid that no rhythm of this product can have.
   *
   * @throws IllegalArgumentException with the value and its range
   */
  public Grid {
    require("bars", bars, bars == 1 || bars == 2 || bars == 4 || bars == 8, "1, 2, 4 or 8");
    require("beats_per_bar", beatsPerBar, beatsPerBar >= 1 && beatsPerBar <= 12, "1..12");
    require("beat_unit", beatUnit, beatUnit == 4 || beatUnit == 8, "4 or 8");
    boolean steps = stepsPerBeat == 24 || stepsPerBeat == 12 || stepsPerBeat == 8;
    steps |= stepsPerBeat == 6 || stepsPerBeat == 4;
    require("steps_per_beat", stepsPerBeat, steps, "4, 6, 8, 12 or 24");
  }

  public int stepsPerBar() {
    return beatsPerBar * stepsPerBeat;
  }

  /** Steps of the whole loop. */
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

  private static void require(String name, int value, boolean holds, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", must be " + range);
    }
  }
}
