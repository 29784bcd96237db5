package org.latentspace.training.inlet;

import java.util.function.Supplier;
import org.latentspace.model.Grid;
import org.latentspace.proto.GridSpec;

/** Reads fields of requests. */
public final class Fields {
  private Fields() {}

  /** The field's value; an IllegalArgumentException of reading it names the field. */
  public static <T> T in(String field, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(field + ": " + wrong.getMessage(), wrong);
    }
  }

  /** The value, or the standard where a request leaves it out. */
  public static String or(String value, String standard) {
    return value.isEmpty() ? standard : value;
  }

  /**
   * The grid that a caller asks for; fields that are 0 are the standard grid's. Throws
   * IllegalArgumentException that says what is possible.
   */
  public static Grid grid(GridSpec spec) {
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
