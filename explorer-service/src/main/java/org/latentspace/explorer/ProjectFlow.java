package org.latentspace.explorer;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.project.ProjectPart;
import org.latentspace.explorer.project.Projects;
import org.latentspace.explorer.teaching.Refusal;

/** Everything a performer taught and set, out and in; one at a time, on a thread of its own. */
@ApplicationScoped
public class ProjectFlow {
  private static final int MOST_WAITING = 4;

  @Inject @Any Instance<ProjectPart> parts;
  @Inject Performers performers;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          5,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> new Thread(task, "explorer-project"));

  private Projects projects;

  @PostConstruct
  void begin() {
    thread.allowCoreThreadTimeOut(true);
    projects = new Projects(parts);
  }

  @PreDestroy
  void end() {
    thread.shutdown();
  }

  /** Completes with the document; fails with a {@link Refusal}. */
  public CompletionStage<byte[]> export(String performer) {
    return onThread(
        () -> {
          if (performers.find(performer) == null && !projects.hasAnything(performer)) {
            throw new Refusal(
                Refusal.Kind.UNKNOWN,
                "performer " + performer + " was never heard and has nothing");
          }
          return projects.export(performer, Instant.now());
        });
  }

  /**
   * Puts a document in the place of everything that the performer has.
   *
   * @param givenUp true once nobody waits for it: then nothing is changed
   * @return completes with what was there before; fails with a {@link Refusal}, with {@link
   *     IllegalArgumentException} for what is wrong in the document, with {@link
   *     IllegalStateException} for a disk that does not take it
   */
  public CompletionStage<byte[]> replace(String performer, byte[] json, BooleanSupplier givenUp) {
    return onThread(
        () -> {
          if (givenUp.getAsBoolean()) {
            throw new Refusal(Refusal.Kind.WEATHER, "not done: the caller has given up");
          }
          return projects.replace(performer, json, Instant.now());
        });
  }

  private CompletionStage<byte[]> onThread(Supplier<byte[]> work) {
    try {
      return CompletableFuture.supplyAsync(work, thread);
    } catch (RejectedExecutionException full) {
      throw new Refusal(Refusal.Kind.NO_ROOM, "more than " + MOST_WAITING + " projects at a time");
    }
  }
}
