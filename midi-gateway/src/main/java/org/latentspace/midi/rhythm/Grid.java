package org.latentspace.midi.rhythm;

/**
 * The grid of a loop: bars x beats x steps, and how fast it is run through.
 *
 * <p>All lengths are counted in <em>grains</em>, {@value #GRAINS_PER_QUARTER} to a quarter note, so
 * that every step of every grid is a whole number and no rounding adds up.
 *
 * @param bars 1, 2, 4 or 8
 * @param beatsPerBar 1..12
 * @param beatUnit 4 or 8: the note value that is a beat
 * @param stepsPerBeat 4, 6, 8, 12 or 24
 * @param division 1, 2 or 4: the loop runs through its steps so many times as fast, while the
 *     song's bars and beats stay as long as they are
 */
public record Grid(int bars, int beatsPerBar, int beatUnit, int stepsPerBeat, int division) {
  public static final long GRAINS_PER_QUARTER = 960_000;

  /** A bar of four quarters in sixteenths. */
  public static final Grid FOUR_FOUR = new Grid(1, 4, 4, 4, 1);

  /** Throws IllegalArgumentException that names the value and its range. */
  public Grid {
    require(bars == 1 || bars == 2 || bars == 4 || bars == 8, "bars", bars, "1, 2, 4 or 8");
    require(beatsPerBar >= 1 && beatsPerBar <= 12, "beats per bar", beatsPerBar, "1..12");
    require(beatUnit == 4 || beatUnit == 8, "beat unit", beatUnit, "4 or 8");
    require(
        stepsPerBeat == 4
            || stepsPerBeat == 6
            || stepsPerBeat == 8
            || stepsPerBeat == 12
            || stepsPerBeat == 24,
        "steps per beat",
        stepsPerBeat,
        "4, 6, 8, 12 or 24");
    require(division == 1 || division == 2 || division == 4, "division", division, "1, 2 or 4");
  }

  private static void require(boolean holds, String what, int value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(what + " is " + value + ", expected " + range);
    }
  }

  /** Steps of the whole loop. */
  public int steps() {
    return bars * beatsPerBar * stepsPerBeat;
  }

  /** Steps that are played in one bar of the song. */
  public int stepsPerSongBar() {
    return beatsPerBar * stepsPerBeat * division;
  }

  /** Steps that are played in one beat of the song. */
  public int stepsPerSongBeat() {
    return stepsPerBeat * division;
  }

  /** The loop's step at a step of a bar of the song; loops are aligned with bar 0 of the song. */
  public int loopStep(long songBar, int stepInBar) {
    return (int) ((songBar * stepsPerSongBar() + stepInBar) % steps());
  }

  public long beatGrains() {
    return GRAINS_PER_QUARTER * 4 / beatUnit;
  }

  public long barGrains() {
    return beatGrains() * beatsPerBar;
  }

  public long stepGrains() {
    return beatGrains() / stepsPerSongBeat();
  }

  /** How far a stroke may lie from its grid line, to either side. */
  public long halfStepGrains() {
    return stepGrains() / 2;
  }
}
