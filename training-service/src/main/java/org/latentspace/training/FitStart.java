package org.latentspace.training;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.latentspace.training.fit.FitNews;
import org.latentspace.training.fit.FitQueue;
import org.latentspace.training.outlet.WarmWorker;
import org.latentspace.wire.StartMistake;
import org.latentspace.wire.StartOrder;

/** Makes ready what fits need, and keeps the worker warm. */
@ApplicationScoped
public class FitStart {
  private static final String WORKER = "org.latentspace.training.inlet.FitWorker";
  private static final Logger LOG = Logger.getLogger(FitStart.class);
  private static final int LOOK_MS = 10_000;

  private final TrainingConfig config;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "fit-clock");
            thread.setDaemon(true);
            return thread;
          });

  private String said = "";

  @Inject
  FitStart(TrainingConfig config) {
    this.config = config;
  }

  @Produces
  @Singleton
  WarmWorker worker() {
    FitConfig.Fit fit = config.fit();
    Path folder = Path.of(config.dataDir()).toAbsolutePath();
    WarmWorker.Terms terms =
        new WarmWorker.Terms(
            fit.heapMb(), fit.nativeMb(), fit.nice(), fit.patienceMs(), folder.resolve("fits"));
    return new WarmWorker(terms, WORKER);
  }

  @Produces
  @Singleton
  FitQueue queue(WarmWorker worker, FitNews news, DataFlow data) {
    return new FitQueue(
        new FitQueue.Means(
            performer -> data.pairs().of(performer),
            worker,
            news,
            new SecureRandom(),
            config.fit().waiting()));
  }

  void check(@Observes @Priority(StartOrder.CHECK) StartupEvent start) {
    check(config.fit());
  }

  /** Throws StartMistake for a setting out of its range. */
  static void check(FitConfig.Fit fit) {
    range("warm-after-ms", fit.warmAfterMs(), 0, 600_000);
    range("heap-mb", fit.heapMb(), 32, 16_384);
    range("native-mb", fit.nativeMb(), 64, 65_536);
    range("nice", fit.nice(), 0, 19);
    range("waiting", fit.waiting(), 1, 1000);
    range("patience-ms", fit.patienceMs(), 1000, 600_000);
  }

  private static void range(String key, int value, int low, int high) {
    if (value < low || value > high) {
      throw new StartMistake(
          "training-service.fit." + key + "=" + value + ": must be " + low + ".." + high);
    }
  }

  void begin(
      @Observes @Priority(StartOrder.OPEN) StartupEvent start, FitQueue queue, WarmWorker worker) {
    queue.begin();
    if (config.fit().warm()) {
      clock.scheduleWithFixedDelay(
          () -> look(worker), config.fit().warmAfterMs(), LOOK_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void look(WarmWorker worker) {
    String weather = worker.weather();
    if (!worker.isSound() && !weather.equals(said)) {
      said = weather;
      LOG.warn("mappings cannot be fitted: " + weather);
    }
    worker.warm();
  }

  void end(@Observes ShutdownEvent end, FitQueue queue, WarmWorker worker) {
    clock.shutdownNow();
    queue.close();
    worker.close();
  }
}
