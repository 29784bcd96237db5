package org.latentspace.training;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.data.inlet.DataFollowers;
import org.latentspace.training.fit.FitConfig;
import org.latentspace.training.fit.FitQueue;
import org.latentspace.training.fit.Learner;
import org.latentspace.training.fit.outlet.MappingOutlet;
import org.latentspace.training.fit.outlet.ThreadPriority;
import org.latentspace.training.jobs.AutomaticJobs;
import org.latentspace.training.jobs.JobQueue;
import org.latentspace.training.jobs.JobRunner;
import org.latentspace.training.jobs.JobStart;
import org.latentspace.training.jobs.outlet.NativeFolder;
import org.latentspace.training.versions.Versions;
import org.latentspace.wire.StartMistake;
import org.latentspace.wire.StartOrder;

/**
 * What happens when training-service starts, in order. Read this first.
 *
 * <pre>
 *   data      pieces and taught pairs ---+--> jobs  rhythms become a model ----> versions
 *   (files, the log)                     +--> fit   pairs become a mapping       (which one plays)
 * </pre>
 */
@Singleton
public class TrainingStart {
  @Inject TrainingConfig config;
  @Inject MeterRegistry registry;
  @Inject TrainingMetrics metrics;
  @Inject FitQueue fits;
  @Inject JobStart jobs;
  @Inject JobQueue queue;
  @Inject Versions versions;
  @Inject JobRunner runner;
  @Inject AutomaticJobs automatic;
  @Inject DataFollowers followers;

  @Produces
  @Singleton
  static FitQueue fits(FitConfig config, MappingOutlet mappings, DataFlow data) {
    return new FitQueue(
        performer -> data.pairs().of(performer),
        new Learner()::fit,
        mappings::name,
        mappings::publish,
        new SecureRandom(),
        config.fit().waiting());
  }

  void check(@Observes @Priority(StartOrder.CHECK) StartupEvent event) {
    check(config);
  }

  void start(@Observes @Priority(StartOrder.OPEN) StartupEvent event) {
    metrics.show(registry);
    int nice = config.fit().nice();
    fits.begin(() -> ThreadPriority.lower(nice));
    jobs.begin(queue, versions, runner, automatic);
    followers.begin(registry);
  }

  void end(@Observes ShutdownEvent end) {
    fits.close();
  }

  /** Throws StartMistake, one line, for a setting that cannot be. */
  static void check(TrainingConfig config) {
    if (config.dataDir().isBlank() || Files.isRegularFile(Path.of(config.dataDir()))) {
      throw new StartMistake(
          "training-service.data-dir=" + config.dataDir() + ": must be a folder, is a file");
    }
    config.nativeDir().ifPresent(TrainingStart::nativeDir);
    if (config.importDir().isBlank()) {
      throw new StartMistake(
          "training-service.import-dir=" + config.importDir() + ": must be a folder");
    }
    StartMistake.within("training-service.most-pieces", config.mostPieces(), 1, 1_000_000);
    StartMistake.within("training-service.most-notes", config.mostNotes(), 1000, 100_000_000.0);
    StartMistake.within("training-service.min-onsets", config.minOnsets(), 0, 1000);
    StartMistake.within("training-service.fit.nice", config.fit().nice(), 0, 19);
    StartMistake.within("training-service.fit.waiting", config.fit().waiting(), 1, 1000);
    StartMistake.within("training-service.novelty.limit", config.novelty().limit(), 0, 1);
    JobStart.check(config);
  }

  private static void nativeDir(String folder) {
    if (folder.isBlank() || Files.isRegularFile(Path.of(folder))) {
      throw new StartMistake(
          "training-service.native-dir=" + folder + ": must be a folder, is a file or empty");
    }
    NativeFolder.use(folder);
  }
}
