package org.latentspace.explorer.inlet;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.latentspace.explorer.ExplorerFlow;
import org.latentspace.explorer.MappingFlow;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.explorer.wire.ExplorerMeter;
import org.latentspace.explorer.wire.TransportRelay;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Name;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.GetMappingRequest;
import org.latentspace.proto.GetSensitivityRequest;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.ListPresetsReply;
import org.latentspace.proto.ListTrajectoriesReply;
import org.latentspace.proto.Mapping;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.PlayTrajectoryRequest;
import org.latentspace.proto.Preset;
import org.latentspace.proto.PresetRequest;
import org.latentspace.proto.SendReply;
import org.latentspace.proto.SendRequest;
import org.latentspace.proto.Sensitivity;
import org.latentspace.proto.Trajectory;
import org.latentspace.proto.TrajectoryRequest;
import org.latentspace.proto.Transport;
import org.latentspace.proto.WatchRequest;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.RefusalLog;

/** The gRPC door: frames from feature-service, and the hands of screens and researchers. */
@GrpcService
public class ExplorerInlet extends ExplorerServiceGrpc.ExplorerServiceImplBase {
  @Inject ExplorerFlow flow;
  @Inject ExplorerMeter meter;
  @Inject ExplorerEchoes echoes;
  @Inject ExplorerCommands commands;
  @Inject MappingFlow mappings;
  @Inject PresetCommands presetCommands;
  @Inject TransportRelay transport;

  private final RefusalLog refusals =
      new RefusalLog(Logger.getLogger(ExplorerInlet.class), "frame");

  @Override
  public StreamObserver<FeatureFrame> explore(StreamObserver<Echo> back) {
    return new FrameStream(flow, meter, echoes, refusals, new EchoOutlet(back));
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<Echo> answer) {
    String name = request.getPerformer();
    if (!name.isEmpty() && !Name.isValid(name)) {
      answer.onError(
          Status.INVALID_ARGUMENT
              .withDescription("performer must be 1..64 characters of [A-Za-z0-9_-], or empty")
              .asRuntimeException());
    } else if (!echoes.watch(name, (ServerCallStreamObserver<Echo>) answer)) {
      answer.onError(
          Status.RESOURCE_EXHAUSTED
              .withDescription("no room for another watcher (explorer-service.max-watchers)")
              .asRuntimeException());
    }
  }

  @Override
  public void getSettings(GetSettingsRequest request, StreamObserver<ExplorerSettings> answer) {
    Replies.reply(answer, () -> commands.settings(commands.find(request.getPerformer())));
  }

  @Override
  public void setSettings(ExplorerSettings request, StreamObserver<ExplorerSettings> answer) {
    Replies.reply(answer, () -> commands.choose(request));
  }

  @Override
  public void place(PlaceRequest request, StreamObserver<ExplorerSettings> answer) {
    Replies.reply(answer, () -> commands.place(request));
  }

  @Override
  public void send(SendRequest request, StreamObserver<SendReply> answer) {
    Replies.reply(
        answer,
        () -> {
          commands.send(request.getPerformer());
          return SendReply.getDefaultInstance();
        });
  }

  @Override
  public void getMapping(GetMappingRequest request, StreamObserver<Mapping> answer) {
    Replies.reply(answer, () -> mapping(commands.find(request.getPerformer())));
  }

  @Override
  public void setMapping(Mapping request, StreamObserver<Mapping> answer) {
    Replies.reply(
        answer,
        () -> {
          Performer performer = commands.find(request.getPerformer());
          try {
            MappingNetwork network = FlucomaJson.read(request.getFlucomaJson());
            performer.follow(network);
            mappings.byHand(performer.name(), network);
          } catch (ModelFault e) {
            throw Status.INVALID_ARGUMENT
                .withDescription("flucoma_json " + e.getMessage())
                .asRuntimeException();
          }
          return mapping(performer);
        });
  }

  @Override
  public void getSensitivity(GetSensitivityRequest request, StreamObserver<Sensitivity> answer) {
    Replies.reply(answer, () -> commands.sensitivity(request.getPerformer()));
  }

  @Override
  public void storePreset(PresetRequest request, StreamObserver<Preset> answer) {
    Replies.later(answer, () -> presetCommands.store(request), preset -> preset);
  }

  @Override
  public void recallPreset(PresetRequest request, StreamObserver<Preset> answer) {
    Replies.reply(answer, () -> presetCommands.recall(request));
  }

  @Override
  public void deletePreset(PresetRequest request, StreamObserver<Preset> answer) {
    Replies.later(answer, () -> presetCommands.forget(request), preset -> preset);
  }

  @Override
  public void listPresets(PresetRequest request, StreamObserver<ListPresetsReply> answer) {
    Replies.reply(answer, () -> presetCommands.presets(request));
  }

  @Override
  public void recordTrajectory(TrajectoryRequest request, StreamObserver<Trajectory> answer) {
    Replies.reply(answer, () -> presetCommands.record(request));
  }

  @Override
  public void playTrajectory(PlayTrajectoryRequest request, StreamObserver<Trajectory> answer) {
    Replies.later(answer, () -> presetCommands.play(request), way -> way);
  }

  @Override
  public void stopTrajectory(TrajectoryRequest request, StreamObserver<Trajectory> answer) {
    Replies.later(answer, () -> presetCommands.stop(request), way -> way);
  }

  @Override
  public void deleteTrajectory(TrajectoryRequest request, StreamObserver<Trajectory> answer) {
    Replies.later(answer, () -> presetCommands.forget(request), way -> way);
  }

  @Override
  public void listTrajectories(
      TrajectoryRequest request, StreamObserver<ListTrajectoriesReply> answer) {
    Replies.later(answer, () -> presetCommands.trajectories(request), all -> all);
  }

  @Override
  public void getTransport(GetTransportRequest request, StreamObserver<Transport> caller) {
    transport.ask(caller, (vae, answer) -> vae.getTransport(request, answer));
  }

  @Override
  public void setTransport(Transport request, StreamObserver<Transport> caller) {
    transport.ask(caller, (vae, answer) -> vae.setTransport(request, answer));
  }

  @Override
  public void panic(PanicRequest request, StreamObserver<Transport> caller) {
    transport.ask(caller, (vae, answer) -> vae.panic(request, answer));
  }

  private static Mapping mapping(Performer performer) {
    return Mapping.newBuilder()
        .setPerformer(performer.name())
        .setFlucomaJson(FlucomaJson.write(performer.mapping()))
        .build();
  }
}
