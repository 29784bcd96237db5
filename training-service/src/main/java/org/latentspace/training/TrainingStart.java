package org.latentspace.training;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latentspace.wire.StartMistake;

/** Checks the settings when training-service starts; a mistake stops the start with one line. */
@Singleton
public class TrainingStart {
  private final TrainingConfig config;

  @Inject
  public TrainingStart(TrainingConfig config) {
    this.config = config;
  }

  void begin(@Observes StartupEvent start) {
    check();
  }

  /** Throws StartMistake for a setting out of its range. */
  void check() {
    range("worker-heap-mb", config.workerHeapMb(), 64, 16_384);
    range("worker-native-mb", config.workerNativeMb(), 200, 65_536);
    range("worker-nice", config.workerNice(), 0, 19);
    if (config.dataDir().isBlank() || Files.isRegularFile(Path.of(config.dataDir()))) {
      throw new StartMistake(
          "training-service.data-dir=" + config.dataDir() + ": must be a folder, is a file");
    }
  }

  private static void range(String key, int value, int low, int high) {
    if (value < low || value > high) {
      throw new StartMistake(
          "training-service." + key + "=" + value + ": must be " + low + ".." + high);
    }
  }
}
