package org.latentspace.explorer.inlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.PresetFlow;
import org.latentspace.explorer.TrajectoryFlow;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.trajectory.Replay;
import org.latentspace.explorer.wire.PresetWire;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.performer.Name;
import org.latentspace.proto.ListPresetsReply;
import org.latentspace.proto.ListTrajectoriesReply;
import org.latentspace.proto.PlayTrajectoryRequest;
import org.latentspace.proto.Preset;
import org.latentspace.proto.PresetRequest;
import org.latentspace.proto.Trajectory;
import org.latentspace.proto.TrajectoryRequest;

/**
 * What may be stored and gone back to, over gRPC or from the screen; checks it before it is done.
 * What is thrown or completed with, {@link Call#status} makes a status of.
 */
@ApplicationScoped
public class PresetCommands {
  @Inject PresetFlow presets;
  @Inject TrajectoryFlow trajectories;
  @Inject ExplorerCommands commands;

  CompletionStage<Preset> store(PresetRequest request) {
    Name.require("preset", request.getPreset());
    Performer performer = commands.find(request.getPerformer());
    return presets
        .store(performer, request.getPreset())
        .thenApply(preset -> PresetWire.preset(performer.name(), preset));
  }

  Preset recall(PresetRequest request) {
    float morph =
        SettingsWire.within(
            "morph_s", request.getMorphS(), org.latentspace.explorer.preset.Preset.MOST_MORPH_S);
    Performer performer = commands.find(request.getPerformer());
    return PresetWire.preset(
        performer.name(), presets.recall(performer, request.getPreset(), morph));
  }

  CompletionStage<Preset> forget(PresetRequest request) {
    String performer = request.getPerformer();
    return presets
        .forget(performer, request.getPreset())
        .thenApply(preset -> PresetWire.preset(performer, preset));
  }

  ListPresetsReply presets(PresetRequest request) {
    String performer = request.getPerformer();
    ListPresetsReply reply = PresetWire.presets(performer, presets.of(performer));
    if (reply.getPresetsCount() == 0) {
      // Says so if nobody of that name was ever heard.
      commands.find(performer);
    }
    return reply;
  }

  Trajectory record(TrajectoryRequest request) {
    Name.require("trajectory", request.getTrajectory());
    trajectories.record(commands.find(request.getPerformer()), request.getTrajectory());
    return Trajectory.newBuilder().setName(request.getTrajectory()).build();
  }

  CompletionStage<Trajectory> play(PlayTrajectoryRequest request) {
    float asked = request.getSpeed();
    if (asked != 0 && !(asked >= Replay.LEAST_SPEED && asked <= Replay.MOST_SPEED)) {
      throw new IllegalArgumentException("speed=" + asked + ": must be 0.1..10, or 0 for 1");
    }
    // As it was written: 0.1f is a little more than a tenth.
    double speed = asked == 0 ? 1 : Double.parseDouble(Float.toString(asked));
    return trajectories
        .play(
            commands.find(request.getPerformer()),
            request.getTrajectory(),
            request.getLoop(),
            speed)
        .thenApply(PresetWire::trajectory);
  }

  CompletionStage<Trajectory> stop(TrajectoryRequest request) {
    return trajectories
        .stop(commands.find(request.getPerformer()), request.getTrajectory())
        .thenApply(PresetWire::trajectory);
  }

  CompletionStage<Trajectory> forget(TrajectoryRequest request) {
    return trajectories
        .forget(known(request.getPerformer()), request.getTrajectory())
        .thenApply(PresetWire::trajectory);
  }

  CompletionStage<ListTrajectoriesReply> trajectories(TrajectoryRequest request) {
    return trajectories
        .of(known(request.getPerformer()))
        .thenApply(
            all -> {
              ListTrajectoriesReply.Builder reply = ListTrajectoriesReply.newBuilder();
              all.forEach(trajectory -> reply.addTrajectories(PresetWire.trajectory(trajectory)));
              return reply.build();
            });
  }

  /** Nobody else's folder is looked for. */
  private String known(String performer) {
    return commands.find(performer).name();
  }
}
