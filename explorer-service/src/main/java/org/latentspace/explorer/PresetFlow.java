package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.latentspace.explorer.outlet.PresetOutlet;
import org.latentspace.explorer.outlet.TrajectoryOutlet;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings.Preset;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.trajectory.Trajectory;

/** Presets and trajectories lead the point; read {@link ExplorerFlow} first. */
@ApplicationScoped
public class PresetFlow {
  @Inject ExplorerFlow flow;
  @Inject PresetOutlet presets;
  @Inject TrajectoryOutlet trajectories;

  private final Map<String, String> recalled = new ConcurrentHashMap<>();

  /**
   * Goes to a preset.
   *
   * @param morphSeconds 0..60
   * @throws Refusal UNKNOWN
   */
  public Preset recall(Performer performer, String name, double morphSeconds) {
    Preset preset = presets.find(performer.name(), name);
    performer.recall(name, preset.settings(), preset.point(), morphSeconds);
    flow.led(performer, morphSeconds == 0);
    recalled.put(performer.name(), name);
    return preset;
  }

  /** The preset that the performer went to last; empty: none. */
  public String recalled(String performer) {
    return recalled.getOrDefault(performer, "");
  }

  /**
   * Goes to the preset behind the one recalled last, in the order of their names; after the last
   * comes the first.
   *
   * @param step 1, or -1: to the one before
   * @throws Refusal NOT_YET where there is none
   */
  public Preset recallNext(Performer performer, int step) {
    List<String> names = presets.of(performer.name()).stream().map(Preset::name).toList();
    if (names.isEmpty()) {
      throw new Refusal(Refusal.Kind.NOT_YET, "performer " + performer.name() + " has no presets");
    }
    String last = recalled(performer.name());
    // Where the last one is gone, its place in the order still counts.
    int found = Collections.binarySearch(names, last);
    int place = found >= 0 ? found + step : step > 0 ? -found - 1 : -found - 2;
    return recall(performer, names.get(Math.floorMod(place, names.size())), 0);
  }

  /**
   * Writes down the way of the point from now on; throws a {@link Refusal} where it does already.
   */
  public void record(Performer performer, String name) {
    notNow(() -> performer.record(name));
  }

  /** A trajectory leads the point as soon as it is read; fails with a {@link Refusal}. */
  public CompletionStage<Trajectory> play(
      Performer performer, String name, boolean loop, double speed) {
    return trajectories
        .find(performer.name(), name)
        .thenApply(
            trajectory -> {
              notNow(() -> performer.replay(trajectory, loop, speed));
              return trajectory;
            });
  }

  /**
   * Ends recording, and stores what was recorded; or else playing.
   *
   * @param name of the one to end; empty: whichever
   */
  public CompletionStage<Trajectory> stop(Performer performer, String name) {
    String records = performer.doing().records();
    String replays = performer.doing().replays();
    if (!records.isEmpty() && (name.isEmpty() || name.equals(records))) {
      Trajectory recorded = performer.stopRecording();
      if (recorded == null) {
        throw new Refusal(Refusal.Kind.NOT_YET, "trajectory " + records + " has no point yet");
      }
      return trajectories.store(performer.name(), recorded);
    }
    if (replays.isEmpty() || !(name.isEmpty() || name.equals(replays))) {
      throw new Refusal(
          Refusal.Kind.UNKNOWN,
          "performer " + performer.name() + " neither records nor plays trajectory " + name);
    }
    performer.stopReplay();
    return trajectories.find(performer.name(), replays);
  }

  private static void notNow(Runnable deed) {
    try {
      deed.run();
    } catch (IllegalStateException no) {
      throw new Refusal(Refusal.Kind.NOT_YET, no.getMessage());
    }
  }
}
