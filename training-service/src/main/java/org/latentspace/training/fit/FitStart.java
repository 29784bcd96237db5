package org.latentspace.training.fit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import org.latentspace.training.TrainingConfig;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.fit.outlet.ThreadPriority;
import org.latentspace.wire.StartMistake;
import org.latentspace.wire.StartOrder;

/** Makes ready what fits need. */
@ApplicationScoped
public class FitStart {
  private final TrainingConfig config;

  @Inject
  FitStart(TrainingConfig config) {
    this.config = config;
  }

  @Produces
  @Singleton
  FitQueue queue(FitNews news, DataFlow data) {
    return new FitQueue(
        new FitQueue.Means(
            performer -> data.pairs().of(performer),
            new Learner(),
            news,
            new SecureRandom(),
            config.fit().waiting()));
  }

  void check(@Observes @Priority(StartOrder.CHECK) StartupEvent start) {
    check(config.fit());
  }

  /** Throws StartMistake for a setting out of its range. */
  static void check(FitConfig.Fit fit) {
    range("nice", fit.nice(), 0, 19);
    range("waiting", fit.waiting(), 1, 1000);
  }

  private static void range(String key, int value, int low, int high) {
    if (value < low || value > high) {
      throw new StartMistake(
          "training-service.fit." + key + "=" + value + ": must be " + low + ".." + high);
    }
  }

  void begin(@Observes @Priority(StartOrder.OPEN) StartupEvent start, FitQueue queue) {
    int nice = config.fit().nice();
    queue.begin(() -> ThreadPriority.lower(nice));
  }

  void end(@Observes ShutdownEvent end, FitQueue queue) {
    queue.close();
  }
}
