package org.latentspace.explorer.inlet;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;
import org.latentspace.explorer.ExplorerFlow;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.explorer.wire.TransportRelay;
import org.latentspace.performer.Name;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.VaeServiceGrpc.VaeServiceStub;
import org.latentspace.proto.WatchRequest;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.RefusalLog;

/** The gRPC door: frames from feature-service, and the hands of screens and researchers. */
@GrpcService
public class ExplorerInlet implements BindableService {
  @Inject ExplorerFlow flow;
  @Inject ExplorerEchoes echoes;
  @Inject ExplorerCommands commands;
  @Inject MappingTeacher mappings;
  @Inject PresetCommands presets;
  @Inject TransportRelay transport;

  private final RefusalLog refusals =
      new RefusalLog(Logger.getLogger(ExplorerInlet.class), "frame");

  @Override
  public ServerServiceDefinition bindService() {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(ExplorerServiceGrpc.getServiceDescriptor())
            .addMethod(
                ExplorerServiceGrpc.getExploreMethod(),
                ServerCalls.asyncBidiStreamingCall(this::explore));
    calls().forEach(call -> call.addTo(service));
    return service.build();
  }

  /** All but the stream of frames. */
  List<Call<?, ?>> calls() {
    return List.of(
        new Call<>(ExplorerServiceGrpc.getWatchMethod(), this::watch),
        Call.reply(ExplorerServiceGrpc.getGetSettingsMethod(), commands::settings),
        Call.reply(ExplorerServiceGrpc.getSetSettingsMethod(), commands::choose),
        Call.reply(ExplorerServiceGrpc.getPlaceMethod(), commands::place),
        Call.reply(ExplorerServiceGrpc.getSendMethod(), commands::send),
        Call.reply(ExplorerServiceGrpc.getGetSensitivityMethod(), commands::sensitivity),
        Call.reply(ExplorerServiceGrpc.getGetMappingMethod(), mappings::network),
        Call.reply(ExplorerServiceGrpc.getSetMappingMethod(), mappings::set),
        Call.later(ExplorerServiceGrpc.getStorePresetMethod(), presets::store),
        Call.reply(ExplorerServiceGrpc.getRecallPresetMethod(), presets::recall),
        Call.later(ExplorerServiceGrpc.getDeletePresetMethod(), presets::forget),
        Call.reply(ExplorerServiceGrpc.getListPresetsMethod(), presets::presets),
        Call.reply(ExplorerServiceGrpc.getRecordTrajectoryMethod(), presets::record),
        Call.later(ExplorerServiceGrpc.getPlayTrajectoryMethod(), presets::play),
        Call.later(ExplorerServiceGrpc.getStopTrajectoryMethod(), presets::stop),
        Call.later(ExplorerServiceGrpc.getDeleteTrajectoryMethod(), presets::forget),
        Call.later(ExplorerServiceGrpc.getListTrajectoriesMethod(), presets::trajectories),
        new Call<>(
            ExplorerServiceGrpc.getGetTransportMethod(),
            transport.asks(VaeServiceStub::getTransport)),
        new Call<>(
            ExplorerServiceGrpc.getSetTransportMethod(),
            transport.asks(VaeServiceStub::setTransport)),
        new Call<>(ExplorerServiceGrpc.getPanicMethod(), transport.asks(VaeServiceStub::panic)));
  }

  private StreamObserver<FeatureFrame> explore(StreamObserver<Echo> back) {
    return new FrameStream(flow, echoes, refusals, new EchoOutlet(back));
  }

  private void watch(WatchRequest request, ServerCallStreamObserver<Echo> answer) {
    String name = request.getPerformer();
    if (!name.isEmpty() && !Name.isValid(name)) {
      answer.onError(
          Status.INVALID_ARGUMENT
              .withDescription("performer must be " + Name.RULE + ", or empty")
              .asRuntimeException());
    } else if (!echoes.watch(name, answer)) {
      answer.onError(
          Status.RESOURCE_EXHAUSTED
              .withDescription("no room for another watcher (explorer-service.max-watchers)")
              .asRuntimeException());
    }
  }
}
