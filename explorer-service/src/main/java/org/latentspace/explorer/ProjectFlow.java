package org.latentspace.explorer;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.mapping.TaughtMapping.Fitted;
import org.latentspace.explorer.mapping.VersionHistory.Playing;
import org.latentspace.explorer.outlet.DiskThread;
import org.latentspace.explorer.outlet.PresetOutlet;
import org.latentspace.explorer.outlet.SettingsOutlet;
import org.latentspace.explorer.outlet.TrajectoryOutlet;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.trajectory.Trajectory;

/** Everything a performer taught and set, out and in; one at a time, on a thread of its own. */
@ApplicationScoped
public class ProjectFlow {
  private static final int MOST_WAITING = 4;
  private static final long PATIENCE_S = 60;
  private static final long END_MS = 2000;

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
  private record Part(
      String name, BiFunction<String, ProjectContents, CompletionStage<?>> replacing) {}

  private final List<Part> parts;
  private final DiskThread thread =
      new DiskThread("explorer-project", MOST_WAITING, END_MS, fault -> fault);

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
    parts =
        List.of(
            new Part("mappings", (who, all) -> mappings.replace(who, all.mappings, all.playing)),
            new Part("pairs", this::replacePairs),
            new Part("presets", (who, all) -> presets.replace(who, all.presets)),
            new Part("settings", this::replaceSettings),
            new Part("trajectories", (who, all) -> trajectories.replace(who, all.trajectories)));
  }

  @PreDestroy
  public void end() {
    thread.end(() -> {});
  }

  /** Completes with what the performer has; fails with a {@link Refusal}. */
  public CompletionStage<ProjectContents> export(String performer) {
    return thread.ask(
        () -> {
          ProjectContents all = contents(performer);
          if (performers.find(performer) == null && all.equals(ProjectContents.NOTHING)) {
            throw new Refusal(
                Refusal.Kind.UNKNOWN,
                "performer " + performer + " was never heard and has nothing");
          }
          return all;
        });
  }

  /**
   * Puts this in the place of everything that the performer has, unless the caller gives up before.
   *
   * @return completes with what was there before; fails with a {@link Refusal}, with {@link
   *     IllegalArgumentException} where there is no room
   */
  public CompletionStage<ProjectContents> replace(String performer, ProjectContents contents) {
    return thread.ask(
        () -> {
          requireRoom(performer, contents);
          fits.giveUp(performer, "a project of " + performer + " was imported");
          return replaceNow(performer, contents);
        });
  }

  /**
   * What the performer has now.
   *
   * @throws Refusal UNAVAILABLE: the disk does not say
   */
  private ProjectContents contents(String performer) {
    return new ProjectContents(
        book.of(performer),
        pairs.scale(performer),
        teaching.scale(performer),
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
        done(part.replacing.apply(performer, contents));
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
        done(part.replacing.apply(performer, before));
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

  /**
   * Everything a performer taught and set.
   *
   * @param pairsScale made the pairs' inputs; null: not known
   * @param heardScale was heard last; null: none
   * @param settings what somebody has set; null: nothing
   * @param presets by their names
   * @param trajectories by their names
   * @param mappings newest first
   */
  public record ProjectContents(
      List<Pair> pairs,
      Scale pairsScale,
      Scale heardScale,
      PerformerSettings settings,
      Map<String, PerformerSettings.Preset> presets,
      Map<String, Trajectory> trajectories,
      List<Fitted> mappings,
      Playing playing) {

    public static final ProjectContents NOTHING =
        new ProjectContents(
            List.of(), null, null, null, Map.of(), Map.of(), List.of(), Playing.NOTHING);
  }
}
