package org.latentspace.training.data;

import org.latentspace.wire.StartMistake;

/** Checks the data set's settings at the start; a mistake stops the start with one line. */
public final class DataStart {
  private DataStart() {}

  /** Throws StartMistake for a setting out of its range. */
  public static void check(DataConfig config) {
    range("most-pieces", config.mostPieces(), 1, 1_000_000);
    range("most-notes", config.mostNotes(), 1000, 100_000_000);
    range("min-onsets", config.minOnsets(), 0, 1000);
    if (config.importDir().isBlank()) {
      throw new StartMistake("training-service.import-dir is empty: must be a folder");
    }
  }

  /** Throws StartMistake, which names the key, for a value out of low..high. */
  public static void range(String key, long value, long low, long high) {
    if (value < low || value > high) {
      throw new StartMistake(
          "training-service." + key + "=" + value + ": must be " + low + ".." + high);
    }
  }
}
