package org.latentspace.explorer;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.outlet.ProjectOutlet;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.project.ProjectContents;
import org.latentspace.explorer.teaching.Refusal;

/** Everything a performer taught and set, out and in; one at a time, on a thread of its own. */
@ApplicationScoped
public class ProjectFlow {
  private static final int MOST_WAITING = 4;

  @Inject ProjectOutlet outlet;
  @Inject PairCapture capture;
  @Inject Fitting fitting;
  @Inject Performers performers;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          5,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> new Thread(task, "explorer-project"));

  @PostConstruct
  void begin() {
    thread.allowCoreThreadTimeOut(true);
  }

  @PreDestroy
  void end() {
    thread.shutdown();
  }

  /** Completes with what the performer has; fails with a {@link Refusal}. */
  public CompletionStage<ProjectContents> export(String performer) {
    return onThread(
        () -> {
          ProjectContents all = outlet.contents(performer).heard(capture.scale(performer));
          if (performers.find(performer) == null && all.isEmpty()) {
            throw new Refusal(
                Refusal.Kind.UNKNOWN,
                "performer " + performer + " was never heard and has nothing");
          }
          return all;
        });
  }

  /**
   * Puts this in the place of everything that the performer has.
   *
   * @param givenUp true once nobody waits for it: then nothing is changed
   * @return completes with what was there before; fails with a {@link Refusal}, with {@link
   *     IllegalArgumentException} where there is no room, with {@link IllegalStateException} for a
   *     disk that does not take it
   */
  public CompletionStage<ProjectContents> replace(
      String performer, ProjectContents contents, BooleanSupplier givenUp) {
    return onThread(
        () -> {
          if (givenUp.getAsBoolean()) {
            throw new Refusal(Refusal.Kind.WEATHER, "not done: the caller has given up");
          }
          outlet.requireRoom(performer, contents);
          fitting.giveUp(performer, "a project of " + performer + " was imported");
          Scale heard = capture.scale(performer);
          return outlet.replace(performer, contents).heard(heard);
        });
  }

  private CompletionStage<ProjectContents> onThread(Supplier<ProjectContents> work) {
    try {
      return CompletableFuture.supplyAsync(work, thread);
    } catch (RejectedExecutionException full) {
      throw new Refusal(Refusal.Kind.NO_ROOM, "more than " + MOST_WAITING + " projects at a time");
    }
  }
}
