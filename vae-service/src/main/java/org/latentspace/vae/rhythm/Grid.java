package org.latentspace.vae.rhythm;

/**
 * The grid on which a rhythm lies.
 *
 * @param bars 1, 2, 4 or 8
 * @param beatsPerBar 1..12
 * @param beatUnit 4 or 8: the note value that is a beat
 * @param stepsPerBeat 4, 6, 8, 12 or 24
 */
public record Grid(int bars, int beatsPerBar, int beatUnit, int stepsPerBeat) {

  /** Two bars of 4/4, twelve steps a beat: sixteenths and triplets lie exactly on it. */
  public static final Grid DEFAULT = new Grid(2, 4, 4, 12);

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

  /** Steps of the whole loop. */
  public int steps() {
    return bars * beatsPerBar * stepsPerBeat;
  }

  private static void require(String name, int value, boolean holds, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", must be " + range);
    }
  }
}
