package org.latentspace.training.inlet;

import org.latentspace.model.Grid;
import org.latentspace.proto.GridSpec;

/** Reads the grid that a caller asks for. */
public final class Grids {
  private Grids() {}

  /**
   * Fields that are 0 are the standard grid's. Throws IllegalArgumentException that says what is
   * possible.
   */
  public static Grid read(GridSpec spec) {
    return new Grid(
        or(spec.getBars(), Grid.STANDARD.bars()),
        or(spec.getBeatsPerBar(), Grid.STANDARD.beatsPerBar()),
        or(spec.getBeatUnit(), Grid.STANDARD.beatUnit()),
        or(spec.getStepsPerBeat(), Grid.STANDARD.stepsPerBeat()));
  }

  private static int or(int value, int standard) {
    return value == 0 ? standard : value;
  }
}
