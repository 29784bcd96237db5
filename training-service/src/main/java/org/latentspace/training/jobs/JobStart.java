package org.latentspace.training.jobs;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.latentspace.training.TrainingConfig;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.jobs.outlet.WorkerAgency;
import org.latentspace.training.storage.Door;
import org.latentspace.training.storage.FolderLock;
import org.latentspace.training.versions.Assessor;
import org.latentspace.training.versions.Library;
import org.latentspace.training.versions.VersionNews;
import org.latentspace.training.versions.Versions;
import org.latentspace.wire.StartOrder;

/**
 * Makes ready what jobs and versions need, and begins with the jobs once the data directory is ours
 * alone; looks every ten seconds after what has to wait.
 */
@ApplicationScoped
public class JobStart {
  private static final Logger LOG = Logger.getLogger(JobStart.class);
  private static final int LOOK_SECONDS = 10;
  private static final String WORKER = "org.latentspace.training.work.inlet.TrainWorker";
  private static final String ID_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 12;

  private final TrainingConfig config;
  private final DataFlow data;
  private final Door door = new Door("training-service has not started yet");
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "training-clock");
            thread.setDaemon(true);
            return thread;
          });
  private FolderLock lock;
  private AutomaticJobs automatic;

  @Inject
  JobStart(TrainingConfig config, DataFlow data) {
    this.config = config;
    this.data = data;
  }

  @Produces
  @Singleton
  Door door() {
    return door;
  }

  @Produces
  @Singleton
  Versions versions(VersionNews news) {
    Versions versions = new Versions(folder("models"), news, door);
    news.whenLost(versions::tellAll);
    return versions;
  }

  @Produces
  @Singleton
  JobQueue queue(JobNews news) {
    JobQueue.Limits limits = new JobQueue.Limits(config.queuedJobs(), config.resumableJobs());
    JobQueue queue = new JobQueue(folder("jobs"), limits, System::currentTimeMillis, news, door);
    news.whenLost(queue::tellAll);
    return queue;
  }

  @Produces
  @Singleton
  JobDesk desk(JobQueue queue, Versions versions) {
    return new JobDesk(
        data.rhythms(),
        data.kits(),
        versions.store(),
        queue,
        JobStart::newName,
        config.checkpointEpochs());
  }

  @Produces
  @Singleton
  JobRunner runner(JobQueue queue, Versions versions) {
    WorkerAgency.Terms terms =
        new WorkerAgency.Terms(
            config.workerHeapMb(),
            config.workerNativeMb(),
            config.workerNice(),
            config.workerThreads(),
            config.cancelMs());
    return new JobRunner(
        queue,
        new WorkerAgency(terms, WORKER),
        new Harvest(versions, System::currentTimeMillis),
        config.cancelMs());
  }

  @Produces
  @Singleton
  Assessor assessor(Versions versions) {
    return new Assessor(versions.store(), data.rhythms(), data.kits());
  }

  @Produces
  @Singleton
  Library library(Versions versions) {
    return new Library(versions.store(), data.rhythms(), data.kits());
  }

  private Path folder(String name) {
    return Path.of(config.dataDir()).toAbsolutePath().resolve(name);
  }

  private static String newName() {
    StringBuilder name = new StringBuilder("job-");
    new SecureRandom()
        .ints(ID_LENGTH, 0, ID_LETTERS.length())
        .forEach(i -> name.append(ID_LETTERS.charAt(i)));
    return name.toString();
  }

  void begin(
      @Observes @Priority(StartOrder.OPEN) StartupEvent start,
      JobQueue queue,
      Versions versions,
      JobRunner runner,
      JobDesk desk) {
    NewBars bars = new NewBars(folder("jobs").resolve("last-automatic"), config.policy().newBars());
    automatic = new AutomaticJobs(config, data, queue, desk, bars);
    look(queue, versions, runner);
    clock.scheduleWithFixedDelay(
        () -> look(queue, versions, runner), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  private void look(JobQueue queue, Versions versions, JobRunner runner) {
    try {
      if (!door.isOpen()) {
        lock = lock == null ? new FolderLock(folder("jobs")) : lock;
        versions.open();
        queue.open();
        door.open();
        runner.begin(config.parallelJobs());
      }
      versions.tellAgain();
      queue.tellAgain();
      automatic.look();
    } catch (UncheckedIOException | IllegalStateException weather) {
      if (door.isOpen() || !weather.getMessage().equals(door.weather())) {
        LOG.warn("training jobs: " + weather.getMessage());
      }
      if (!door.isOpen()) {
        door.close(weather.getMessage());
      }
    } catch (RuntimeException fault) {
      LOG.error("looking after the training jobs has found a fault in this program", fault);
    }
  }

  void end(@Observes ShutdownEvent end, JobRunner runner, Assessor assessor)
      throws InterruptedException {
    clock.shutdownNow();
    runner.end();
    assessor.close();
    if (lock != null) {
      lock.close();
    }
  }
}
