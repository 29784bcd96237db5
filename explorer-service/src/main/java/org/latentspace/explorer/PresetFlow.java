package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
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
    return preset;
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
