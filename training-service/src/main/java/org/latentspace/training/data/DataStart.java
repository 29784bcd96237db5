package org.latentspace.training.data;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.latentspace.training.TrainingConfig;
import org.latentspace.wire.StartMistake;
import org.latentspace.wire.StartOrder;

/** Checks the data set's settings at the start; a mistake stops the start with one line. */
@Singleton
public class DataStart {
  private final DataConfig config;

  @Inject
  DataStart(TrainingConfig config) {
    this.config = config;
  }

  void begin(@Observes @Priority(StartOrder.CHECK) StartupEvent start) {
    check();
  }

  /** Throws StartMistake for a setting out of its range. */
  void check() {
    range("most-pieces", config.mostPieces(), 1, 1_000_000);
    range("most-notes", config.mostNotes(), 1000, 100_000_000);
    range("min-onsets", config.minOnsets(), 0, 1000);
    if (config.importDir().isBlank()) {
      throw new StartMistake("training-service.import-dir is empty: must be a folder");
    }
  }

  private static void range(String key, long value, long low, long high) {
    if (value < low || value > high) {
      throw new StartMistake(
          "training-service." + key + "=" + value + ": must be " + low + ".." + high);
    }
  }
}
