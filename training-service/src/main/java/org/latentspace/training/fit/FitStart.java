package org.latentspace.training.fit;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.data.DataStart;
import org.latentspace.training.fit.outlet.MappingOutlet;
import org.latentspace.training.fit.outlet.ThreadPriority;

/**
 * Makes ready what fits need: taught pairs become a mapping.
 *
 * <pre>
 *   FitInlet: pairs come with the request, or stand in the data set
 *      v
 *   FitQueue --> TrainingSet --> Learner, on a thread of low priority --> Mapping --> the log
 *                                                                            +------> the caller
 * </pre>
 */
@ApplicationScoped
public class FitStart {
  private final FitConfig config;
  private final Instance<FitQueue> queue;

  @Inject
  FitStart(FitConfig config, Instance<FitQueue> queue) {
    this.config = config;
    this.queue = queue;
  }

  @Produces
  @Singleton
  FitQueue queue(MappingOutlet mappings, DataFlow data) {
    return new FitQueue(
        performer -> data.pairs().of(performer),
        new Learner()::fit,
        mappings::name,
        mappings::publish,
        new SecureRandom(),
        config.fit().waiting());
  }

  /** Throws StartMistake for a setting out of its range. */
  public static void check(FitConfig.Fit fit) {
    DataStart.range("fit.nice", fit.nice(), 0, 19);
    DataStart.range("fit.waiting", fit.waiting(), 1, 1000);
  }

  /** Begins with the fits. */
  public void begin() {
    int nice = config.fit().nice();
    queue.get().begin(() -> ThreadPriority.lower(nice));
  }

  void end(@Observes ShutdownEvent end, FitQueue queue) {
    queue.close();
  }
}
