package org.latentspace.explorer.inlet;

import com.google.common.primitives.Doubles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.ExplorerFlow;
import org.latentspace.explorer.PresetFlow;
import org.latentspace.explorer.outlet.PresetOutlet;
import org.latentspace.explorer.outlet.SettingsOutlet;
import org.latentspace.explorer.outlet.TrajectoryOutlet;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.trajectory.Trajectory.Replay;
import org.latentspace.explorer.wire.PresetWire;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.performer.Name;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.GetSensitivityRequest;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.ListPresetsReply;
import org.latentspace.proto.ListTrajectoriesReply;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.PlayTrajectoryRequest;
import org.latentspace.proto.Preset;
import org.latentspace.proto.PresetRequest;
import org.latentspace.proto.SendReply;
import org.latentspace.proto.SendRequest;
import org.latentspace.proto.Sensitivity;
import org.latentspace.proto.Trajectory;
import org.latentspace.proto.TrajectoryRequest;

/**
 * What hands may do, whether they come over gRPC or from the screen; checks it before it is done.
 */
@ApplicationScoped
public class ExplorerCommands {
  @Inject ExplorerFlow flow;
  @Inject SettingsOutlet kept;
  @Inject Performers performers;
  @Inject PresetFlow leading;
  @Inject PresetOutlet presets;
  @Inject TrajectoryOutlet trajectories;

  /**
   * The performer of that name.
   *
   * @throws Refusal UNKNOWN if it was never heard
   */
  Performer find(String name) {
    Performer performer = Name.isValid(name) ? performers.find(name) : null;
    if (performer == null) {
      throw new Refusal(
          Refusal.Kind.UNKNOWN,
          "performer " + (Name.isValid(name) ? name + " was never heard" : "must be " + Name.RULE));
    }
    return performer;
  }

  ExplorerSettings settings(GetSettingsRequest request) {
    return settings(find(request.getPerformer()));
  }

  ExplorerSettings settings(Performer performer) {
    ExplorerSettings settings = SettingsWire.settings(performer.name(), performer.choices());
    String lasting = kept.status();
    return lasting.equals("ok") ? settings : settings.toBuilder().setNotKept(lasting).build();
  }

  /** Sets what is set; unset fields stay. */
  ExplorerSettings choose(ExplorerSettings request) {
    Performer performer = find(request.getPerformer());
    flow.change(performer, SettingsWire.change(request));
    return settings(performer);
  }

  /** Puts the point. */
  ExplorerSettings place(PlaceRequest request) {
    Performer performer = find(request.getPerformer());
    Place hand = performer.hand();
    SettingsWire.sized("position", request.getPositionCount(), performers.latentSize());
    float[] position = SettingsWire.floats("position", request.getPositionList(), 1);
    float noise =
        request.hasNoise()
            ? SettingsWire.within("noise", request.getNoise(), Place.MOST_NOISE)
            : hand.noise();
    float ramp =
        request.hasZRampMs()
            ? SettingsWire.within("z_ramp_ms", request.getZRampMs(), Place.MOST_RAMP_MS)
            : hand.rampMs();
    Place.ExtraOutputs further = hand.further();
    if (request.getFurtherCount() > 0) {
      further = SettingsWire.further(request.getFurtherList(), further.routes());
    }
    flow.put(performer, new Place(position, noise, ramp, Place.Mode.SELECT, further));
    return settings(performer);
  }

  /**
   * Which input moves which output now.
   *
   * @throws Refusal NOT_YET before the first frame with features
   */
  Sensitivity sensitivity(GetSensitivityRequest request) {
    String name = request.getPerformer();
    org.latentspace.explorer.place.Sensitivity found = find(name).sensitivity();
    if (found == null) {
      throw new Refusal(Refusal.Kind.NOT_YET, "performer " + name + " has not played anything yet");
    }
    return Sensitivity.newBuilder()
        .setPerformer(name)
        .addAllSenses(found.senses())
        .addAllOutputs(found.outputs())
        .setMapping(found.mapping())
        .addAllSlope(Doubles.asList(found.slope()))
        .build();
  }

  /** Hands the point on now. */
  SendReply send(SendRequest request) {
    flow.sendNow(find(request.getPerformer()));
    return SendReply.getDefaultInstance();
  }

  CompletionStage<Preset> store(PresetRequest request) {
    Name.require("preset", request.getPreset());
    Performer performer = find(request.getPerformer());
    return presets
        .store(
            performer.name(),
            new PerformerSettings.Preset(
                request.getPreset(), performer.choices(), performer.newest()))
        .thenApply(preset -> PresetWire.preset(performer.name(), preset));
  }

  Preset recall(PresetRequest request) {
    float morph =
        SettingsWire.within("morph_s", request.getMorphS(), PerformerSettings.Preset.MOST_MORPH_S);
    Performer performer = find(request.getPerformer());
    return PresetWire.preset(
        performer.name(), leading.recall(performer, request.getPreset(), morph));
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
      find(performer);
    }
    return reply;
  }

  Trajectory record(TrajectoryRequest request) {
    Name.require("trajectory", request.getTrajectory());
    leading.record(find(request.getPerformer()), request.getTrajectory());
    return Trajectory.newBuilder().setName(request.getTrajectory()).build();
  }

  CompletionStage<Trajectory> play(PlayTrajectoryRequest request) {
    float asked = request.getSpeed();
    if (asked != 0 && !(asked >= Replay.LEAST_SPEED && asked <= Replay.MOST_SPEED)) {
      throw new IllegalArgumentException("speed=" + asked + ": must be 0.1..10, or 0 for 1");
    }
    // As it was written: 0.1f is a little more than a tenth.
    double speed = asked == 0 ? 1 : Double.parseDouble(Float.toString(asked));
    return leading
        .play(find(request.getPerformer()), request.getTrajectory(), request.getLoop(), speed)
        .thenApply(PresetWire::trajectory);
  }

  CompletionStage<Trajectory> stop(TrajectoryRequest request) {
    return leading
        .stop(find(request.getPerformer()), request.getTrajectory())
        .thenApply(PresetWire::trajectory);
  }

  CompletionStage<Trajectory> forget(TrajectoryRequest request) {
    return trajectories
        .forget(find(request.getPerformer()).name(), request.getTrajectory())
        .thenApply(PresetWire::trajectory);
  }

  CompletionStage<ListTrajectoriesReply> trajectories(TrajectoryRequest request) {
    return trajectories
        .byName(find(request.getPerformer()).name())
        .thenApply(
            all ->
                ListTrajectoriesReply.newBuilder()
                    .addAllTrajectories(all.values().stream().map(PresetWire::trajectory).toList())
                    .build());
  }
}
