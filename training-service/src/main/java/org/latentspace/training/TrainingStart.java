package org.latentspace.training;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.latentspace.training.jobs.outlet.NativeFolder;
import org.latentspace.training.vae.HyperParameters;
import org.latentspace.training.versions.Names;
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
    range("worker-threads", config.workerThreads(), 1, 64);
    range("parallel-jobs", config.parallelJobs(), 1, 4);
    range("queued-jobs", config.queuedJobs(), 1, 1000);
    range("resumable-jobs", config.resumableJobs(), 0, 1000);
    range("cancel-ms", config.cancelMs(), 100, 60_000);
    range("checkpoint-epochs", config.checkpointEpochs(), 1, 10_000);
    range("policy.new-bars", config.policy().newBars(), 0, 1_000_000);
    named("policy.preset", config.policy().preset(), HyperParameters::preset);
    named("policy.model", config.policy().model(), Names::model);
    if (config.dataDir().isBlank() || Files.isRegularFile(Path.of(config.dataDir()))) {
      throw new StartMistake(
          "training-service.data-dir=" + config.dataDir() + ": must be a folder, is a file");
    }
    config.nativeDir().ifPresent(TrainingStart::nativeDir);
  }

  private static void nativeDir(String folder) {
    if (folder.isBlank() || Files.isRegularFile(Path.of(folder))) {
      throw new StartMistake(
          "training-service.native-dir=" + folder + ": must be a folder, is a file or empty");
    }
    NativeFolder.use(folder);
  }

  private static void named(String key, String value, Consumer<String> check) {
    try {
      check.accept(value);
    } catch (IllegalArgumentException wrong) {
      throw new StartMistake("training-service." + key + "=" + value + ": " + wrong.getMessage());
    }
  }

  private static void range(String key, int value, int low, int high) {
    if (value < low || value > high) {
      throw new StartMistake(
          "training-service." + key + "=" + value + ": must be " + low + ".." + high);
    }
  }
}
