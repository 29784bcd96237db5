package org.latentspace.explorer;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.outlet.PresetOutlet;
import org.latentspace.explorer.outlet.SettingsOutlet;
import org.latentspace.explorer.outlet.TrajectoryOutlet;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.project.ProjectContents;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.Refusal;

/** Everything a performer taught and set, out and in; one at a time, on a thread of its own. */
@ApplicationScoped
public class ProjectFlow {
  private static final int MOST_WAITING = 4;
  private static final long PATIENCE_S = 60;

  private final PairBook book;
  private final PairFlow pairs;
  private final PresetOutlet presets;
  private final SettingsOutlet settings;
  private final TrajectoryOutlet trajectories;
  private final MappingFlow mappings;
  private final TeachingFlow teaching;
  private final FitFlow fits;
  private final Performers performers;

  /** One kind of what a performer has; completes when it is in the place of what was there. */
  private record Part(String name, Replacing replacing) {}

  private interface Replacing {
    CompletionStage<?> replace(String performer, ProjectContents contents);
  }

  private final List<Part> parts =
      List.of(
          new Part("mappings", this::replaceMappings),
          new Part("pairs", this::replacePairs),
          new Part("presets", this::replacePresets),
          new Part("settings", this::replaceSettings),
          new Part("trajectories", this::replaceTrajectories));

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          5,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> new Thread(task, "explorer-project"));

  @Inject
  public ProjectFlow(
      PairBook book,
      PairFlow pairs,
      PresetOutlet presets,
      SettingsOutlet settings,
      TrajectoryOutlet trajectories,
      MappingFlow mappings,
      TeachingFlow teaching,
      FitFlow fits,
      Performers performers) {
    this.book = book;
    this.pairs = pairs;
    this.presets = presets;
    this.settings = settings;
    this.trajectories = trajectories;
    this.mappings = mappings;
    this.teaching = teaching;
    this.fits = fits;
    this.performers = performers;
  }

  @PostConstruct
  void begin() {
    thread.allowCoreThreadTimeOut(true);
  }

  @PreDestroy
  public void end() {
    thread.shutdown();
  }

  /** Completes with what the performer has; fails with a {@link Refusal}. */
  public CompletionStage<ProjectContents> export(String performer) {
    return onThread(
        () -> {
          ProjectContents all = contents(performer).heard(teaching.scale(performer));
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
   *     IllegalArgumentException} where there is no room
   */
  public CompletionStage<ProjectContents> replace(
      String performer, ProjectContents contents, BooleanSupplier givenUp) {
    return onThread(
        () -> {
          if (givenUp.getAsBoolean()) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "not done: the caller has given up");
          }
          requireRoom(performer, contents);
          fits.giveUp(performer, "a project of " + performer + " was imported");
          Scale heard = teaching.scale(performer);
          return replaceNow(performer, contents).heard(heard);
        });
  }

  private CompletionStage<ProjectContents> onThread(Supplier<ProjectContents> work) {
    try {
      return CompletableFuture.supplyAsync(work, thread);
    } catch (RejectedExecutionException full) {
      throw new Refusal(Refusal.Kind.NO_ROOM, "more than " + MOST_WAITING + " projects at a time");
    }
  }

  /**
   * What the performer has now, but for the scaling that was heard.
   *
   * @throws Refusal UNAVAILABLE: the disk does not say
   */
  private ProjectContents contents(String performer) {
    return new ProjectContents(
        book.of(performer),
        pairs.scale(performer),
        null,
        settings.before(performer),
        presets.all(performer),
        done(trajectories.byName(performer)),
        done(mappings.list(performer)),
        mappings.playing(performer));
  }

  /**
   * Puts this in the place of everything that the performer has; returns when the disk has it.
   *
   * @return what the performer had before
   * @throws Refusal UNAVAILABLE: the disk does not take it; what was there is there again
   */
  private ProjectContents replaceNow(String performer, ProjectContents contents) {
    ProjectContents before = contents(performer);
    List<Part> replaced = new ArrayList<>();
    for (Part part : parts) {
      try {
        done(part.replacing.replace(performer, contents));
        replaced.add(part);
      } catch (RuntimeException fault) {
        putBack(performer, before, replaced, fault);
        throw unavailable(part.name + ": " + fault.getMessage() + "; nothing is changed", fault);
      }
    }
    return before;
  }

  /** Throws IllegalArgumentException where there is no room for this. */
  private void requireRoom(String performer, ProjectContents contents) {
    try {
      book.requireRoom(performer, contents.pairs().size());
      TrajectoryOutlet.requireRoom(performer, contents.trajectories());
    } catch (Refusal noRoom) {
      throw new IllegalArgumentException(noRoom.getMessage(), noRoom);
    }
  }

  private static void putBack(
      String performer, ProjectContents before, List<Part> replaced, Exception why) {
    for (Part part : replaced) {
      try {
        done(part.replacing.replace(performer, before));
      } catch (RuntimeException fault) {
        throw unavailable(
            why.getMessage()
                + "; and "
                + part.name
                + " could not be put back: "
                + fault.getMessage(),
            fault);
      }
    }
  }

  private CompletionStage<?> replaceMappings(String performer, ProjectContents contents) {
    return mappings.replace(performer, contents.mappings(), contents.playing());
  }

  private CompletionStage<?> replacePresets(String performer, ProjectContents contents) {
    return presets.replace(performer, contents.presets());
  }

  private CompletionStage<?> replaceTrajectories(String performer, ProjectContents contents) {
    return trajectories.replace(performer, contents.trajectories());
  }

  private CompletionStage<?> replacePairs(String performer, ProjectContents contents) {
    boolean hasNothing = book.of(performer).isEmpty() && pairs.undoable(performer) == 0;
    return contents.pairs().isEmpty() && hasNothing
        ? CompletableFuture.completedFuture(null)
        : pairs.replace(performer, contents.pairs(), contents.pairsScale());
  }

  private CompletionStage<?> replaceSettings(String performer, ProjectContents contents) {
    return settings
        .replace(performer, contents.settings())
        .thenRun(
            () -> {
              Performer present = performers.find(performer);
              if (present != null) {
                present.restore(contents.settings());
              }
            });
  }

  private static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().copy().orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      boolean late = e.getCause() instanceof TimeoutException;
      throw unavailable(late ? "the disk does not answer" : e.getCause().getMessage(), e);
    }
  }

  private static Refusal unavailable(String why, Exception fault) {
    Refusal refusal = new Refusal(Refusal.Kind.UNAVAILABLE, why);
    refusal.initCause(fault);
    return refusal;
  }
}
