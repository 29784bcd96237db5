package org.latentspace.training.jobs;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.KeptOutlets;
import org.latentspace.kept.Topic;
import org.latentspace.model.Grid;
import org.latentspace.proto.StartJobRequest;
import org.latentspace.training.data.DataConfig;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.data.Selection;
import org.latentspace.training.jobs.outlet.MatrixKernel;
import org.latentspace.training.jobs.outlet.WorkerAgency;
import org.latentspace.training.jobs.wire.JobWire;
import org.latentspace.training.storage.WriteGate;
import org.latentspace.training.vae.HyperParameters;
import org.latentspace.training.versions.ModelNames;
import org.latentspace.training.versions.VersionLoops;
import org.latentspace.training.versions.Versions;
import org.latentspace.training.versions.wire.VersionWire;
import org.latentspace.wire.FolderLock;
import org.latentspace.wire.StartMistake;

/**
 * Makes ready what jobs and versions need: rhythms become a model. Begins with the jobs once no
 * other process works in their folder, and tries again every ten seconds what could not be done.
 *
 * <pre>
 *   the data set: pieces
 *      | select: loops on a grid
 *      v
 *   JobSubmission --> JobQueue --> JobRunner --> a worker process: work.Training
 *      (folder data-dir/jobs/JOB)  |          examples -> train -> thresholds -> score card -> model
 *                                  v
 *                               ResultPublisher --> Versions: a version; plays if it is better
 *                                                      |  ^
 *       downloads, score cards, libraries, the players <  uploads
 * </pre>
 */
@ApplicationScoped
public class JobStart {
  private static final Logger LOG = Logger.getLogger(JobStart.class);
  private static final int RETRY_SECONDS = 10;
  private static final String WORKER = "org.latentspace.training.work.inlet.TrainWorker";
  private static final String ID_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 12;

  private final JobConfig config;
  private final Path folder;
  private final DataFlow data;
  private final WriteGate gate;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "training-clock");
            thread.setDaemon(true);
            return thread;
          });
  private FolderLock lock;

  @Inject
  JobStart(JobConfig config, DataConfig dataConfig, DataFlow data, WriteGate gate) {
    this.config = config;
    this.folder = Path.of(dataConfig.dataDir()).toAbsolutePath().resolve("jobs");
    this.data = data;
    this.gate = gate;
  }

  @Produces
  @Singleton
  JobQueue queue(KeptOutlets outlets) {
    KeptOutlet topic = outlets.open(Topic.TRAINING_JOBS);
    JobQueue queue =
        new JobQueue(
            folder,
            config.queuedJobs(),
            config.resumableJobs(),
            System::currentTimeMillis,
            (id, job) -> topic.keepIfNew(id, job == null ? null : JobWire.job(job).toByteArray()),
            gate);
    topic.store(queue::tellAll);
    return queue;
  }

  @Produces
  @Singleton
  JobSubmission submission(JobQueue queue, Versions versions) {
    return new JobSubmission(
        data.rhythms(),
        data.kits(),
        versions.store(),
        queue,
        JobStart::newName,
        config.checkpointEpochs());
  }

  @Produces
  @Singleton
  AutomaticJobs automatic(JobQueue queue, JobSubmission submission) {
    JobConfig.Policy policy = config.policy();
    return new AutomaticJobs(
        folder,
        policy.newBars(),
        this::bars,
        queue,
        newBars -> submission.submit(automatic(policy, newBars)));
  }

  @Produces
  @Singleton
  JobRunner runner(JobQueue queue, Versions versions) {
    return new JobRunner(
        queue,
        new WorkerAgency(config, WORKER, new MatrixKernel(config.workerNice(), LOG::info)),
        new ResultPublisher(versions, System::currentTimeMillis),
        config.cancelMs());
  }

  @Produces
  @Singleton
  static WriteGate gate() {
    return new WriteGate("training-service has not started yet");
  }

  @Produces
  @Singleton
  static Versions versions(DataConfig config, KeptOutlets outlets, WriteGate gate) {
    KeptOutlet topic = outlets.open(Topic.MODEL_VERSIONS);
    Versions versions =
        new Versions(
            Path.of(config.dataDir()).toAbsolutePath().resolve("models"),
            (key, version) -> topic.keep(key, version == null ? null : VersionWire.event(version)),
            last -> topic.keep(last.model() + "/active", VersionWire.event(last)),
            gate);
    topic.store(versions::tellAll);
    return versions;
  }

  @Produces
  @Singleton
  static VersionLoops loops(DataFlow data, Versions versions) {
    return new VersionLoops(versions.store(), data.rhythms(), data.kits());
  }

  private static String newName() {
    StringBuilder name = new StringBuilder("job-");
    new SecureRandom()
        .ints(ID_LENGTH, 0, ID_LETTERS.length())
        .forEach(i -> name.append(ID_LETTERS.charAt(i)));
    return name.toString();
  }

  /** Throws StartMistake for a setting out of its range. */
  public static void check(JobConfig config) {
    StartMistake.within("training-service.worker-heap-mb", config.workerHeapMb(), 64, 16_384);
    StartMistake.within("training-service.worker-native-mb", config.workerNativeMb(), 200, 65_536);
    StartMistake.within("training-service.worker-nice", config.workerNice(), 0, 19);
    StartMistake.within("training-service.worker-threads", config.workerThreads(), 1, 64);
    StartMistake.within("training-service.parallel-jobs", config.parallelJobs(), 1, 4);
    StartMistake.within("training-service.queued-jobs", config.queuedJobs(), 1, 1000);
    StartMistake.within("training-service.resumable-jobs", config.resumableJobs(), 0, 1000);
    StartMistake.within("training-service.cancel-ms", config.cancelMs(), 100, 60_000);
    StartMistake.within("training-service.checkpoint-epochs", config.checkpointEpochs(), 1, 10_000);
    StartMistake.within(
        "training-service.policy.new-bars", config.policy().newBars(), 0, AutomaticJobs.MOST_BARS);
    named("policy.preset", config.policy().preset(), HyperParameters::preset);
    named("policy.model", config.policy().model(), ModelNames::model);
  }

  private static void named(String key, String value, Consumer<String> check) {
    try {
      check.accept(value);
    } catch (IllegalArgumentException wrong) {
      throw new StartMistake("training-service." + key + "=" + value + ": " + wrong.getMessage());
    }
  }

  /** Begins with the jobs, now or as soon as the folder can be had. */
  public void begin(JobQueue queue, Versions versions, JobRunner runner, AutomaticJobs automatic) {
    openAndRetry(queue, versions, runner, automatic);
    clock.scheduleWithFixedDelay(
        () -> openAndRetry(queue, versions, runner, automatic),
        RETRY_SECONDS,
        RETRY_SECONDS,
        TimeUnit.SECONDS);
  }

  private static JobSubmission.Order automatic(JobConfig.Policy policy, long newBars) {
    StartJobRequest request = JobWire.automatic(policy, newBars);
    return new JobSubmission.Order(
        new Job.Ask(policy.model(), "", true, true, JobWire.text(request)),
        new JobSubmission.Source(Selection.ALL, null, Grid.STANDARD, policy.kit()),
        HyperParameters.preset(policy.preset()),
        "",
        "",
        request.getNote());
  }

  /** Bars of all that was recorded or imported, without those that were known. */
  private long bars() {
    data.rhythms().open();
    return data.rhythms().counts().newBars();
  }

  private void openAndRetry(
      JobQueue queue, Versions versions, JobRunner runner, AutomaticJobs automatic) {
    try {
      if (!gate.isOpen()) {
        lock = lock == null ? FolderLock.take(folder) : lock;
        versions.open();
        queue.open();
        gate.open();
        runner.begin(config.parallelJobs());
      }
      versions.tellAgain();
      queue.tellAgain();
      automatic.submitWhenDue();
    } catch (IOException | UncheckedIOException | IllegalStateException broken) {
      if (gate.isOpen() || !broken.getMessage().equals(gate.status())) {
        LOG.warn("training jobs: " + broken.getMessage());
      }
      if (!gate.isOpen()) {
        gate.close(broken.getMessage());
      }
    } catch (RuntimeException fault) {
      LOG.error("the periodic work on training jobs failed by a fault in this program", fault);
    }
  }

  void end(@Observes ShutdownEvent end, JobRunner runner) throws InterruptedException, IOException {
    clock.shutdownNow();
    runner.end();
    if (lock != null) {
      lock.close();
    }
  }
}
