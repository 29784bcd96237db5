package org.latentspace.wire.warmup;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.latentspace.wire.StartMistake;
import org.latentspace.wire.StartOrder;

/**
 * Exercises the live path at the start, before the first sound; not ready until it is done.
 *
 * <p>Java interprets what is new to it and compiles what it has seen often. A path that is met by
 * many performers at once while it is still interpreted falls behind for seconds.
 */
@Readiness
@ApplicationScoped
public class WarmUp implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(WarmUp.class);
  private static final int MOST_MS = 10_000;

  @Inject WarmUpConfig config;
  @Inject @Any Instance<Exercise> exercises;

  private volatile boolean done;

  void check(@Observes StartupEvent start) {
    StartMistake.within("warm-up.ms", config.ms(), 0, MOST_MS);
  }

  void run(@Observes @Priority(StartOrder.WARM) StartupEvent start) {
    if (config.ms() > 0) {
      long rounds = exercise(exercises, System.nanoTime() + config.ms() * 1_000_000L);
      LOG.debugf("%d rounds in %d ms", rounds, config.ms());
    }
    done = true;
  }

  /**
   * The exercises take turns until that time of {@link System#nanoTime}. One that fails is left
   * out: it must not hinder a start.
   *
   * @return rounds that were done
   */
  static long exercise(Iterable<Exercise> exercises, long untilNanos) {
    List<Exercise.Round> rounds = new ArrayList<>();
    for (Exercise exercise : exercises) {
      try {
        rounds.add(exercise.begin());
      } catch (RuntimeException fault) {
        LOG.debug("an exercise cannot begin", fault);
      }
    }
    List<Exercise.Round> going = new ArrayList<>(rounds);
    long count = 0;
    while (!going.isEmpty() && System.nanoTime() - untilNanos < 0) {
      count += going.size();
      going.removeIf(round -> !goesOn(round));
    }
    rounds.forEach(WarmUp::end);
    return count;
  }

  private static boolean goesOn(Exercise.Round round) {
    try {
      round.once();
      return true;
    } catch (RuntimeException fault) {
      LOG.debug("an exercise has failed", fault);
      return false;
    }
  }

  private static void end(Exercise.Round round) {
    try {
      round.close();
    } catch (Exception fault) {
      LOG.debug("an exercise was not ended", fault);
    }
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("warm-up")
        .status(done)
        .withData("live path", done ? "ok" : "is being exercised (warm-up.ms)")
        .build();
  }
}
