package org.latentspace.explorer.inlet;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;
import org.latentspace.explorer.ExplorerFlow;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.outlet.PointOutlet;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.performer.Name;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.WatchRequest;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.RefusalLog;

/** The gRPC door: frames from feature-service, and the hands of screens and researchers. */
@Singleton
public class ExplorerInlet implements BindableService {
  @Inject ExplorerFlow flow;
  @Inject ExplorerEchoes echoes;
  @Inject ExplorerCommands commands;
  @Inject MappingTeacher mappings;
  @Inject PointOutlet points;

  private final RefusalLog refusals =
      new RefusalLog(Logger.getLogger(ExplorerInlet.class), "frame");

  @Override
  public ServerServiceDefinition bindService() {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(ExplorerServiceGrpc.getServiceDescriptor())
            .addMethod(
                ExplorerServiceGrpc.getExploreMethod(),
                ServerCalls.asyncBidiStreamingCall(FrameStream::new));
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
        Call.later(ExplorerServiceGrpc.getStorePresetMethod(), commands::store),
        Call.reply(ExplorerServiceGrpc.getRecallPresetMethod(), commands::recall),
        Call.later(ExplorerServiceGrpc.getDeletePresetMethod(), commands::forget),
        Call.reply(ExplorerServiceGrpc.getListPresetsMethod(), commands::presets),
        Call.reply(ExplorerServiceGrpc.getRecordTrajectoryMethod(), commands::record),
        Call.later(ExplorerServiceGrpc.getPlayTrajectoryMethod(), commands::play),
        Call.later(ExplorerServiceGrpc.getStopTrajectoryMethod(), commands::stop),
        Call.later(ExplorerServiceGrpc.getDeleteTrajectoryMethod(), commands::forget),
        Call.later(ExplorerServiceGrpc.getListTrajectoriesMethod(), commands::trajectories),
        new Call<>(
            ExplorerServiceGrpc.getGetTransportMethod(),
            points.asks((to, request, answer) -> to.vae().getTransport(request, answer))),
        new Call<>(
            ExplorerServiceGrpc.getSetTransportMethod(),
            points.asks((to, request, answer) -> to.vae().setTransport(request, answer))),
        new Call<>(
            ExplorerServiceGrpc.getTapMethod(),
            points.asks((to, request, answer) -> to.vae().tap(request, answer))),
        new Call<>(
            ExplorerServiceGrpc.getPanicMethod(),
            points.asks((to, request, answer) -> to.vae().panic(request, answer))));
  }

  private void watch(WatchRequest request, ServerCallStreamObserver<Echo> answer) {
    String name = request.getPerformer();
    if (!name.isEmpty() && !Name.isValid(name)) {
      throw new IllegalArgumentException("performer must be " + Name.RULE + ", or empty");
    }
    if (!echoes.watchers().add(name, answer)) {
      throw new Refusal(
          Refusal.Kind.NO_ROOM, "no room for another watcher (explorer-service.max-watchers)");
    }
  }

  /** One left-hand neighbour's frames; a bad one is counted, logged once and skipped. */
  private final class FrameStream implements StreamObserver<FeatureFrame> {
    private final EchoOutlet left;

    FrameStream(StreamObserver<Echo> back) {
      left = new EchoOutlet(back);
    }

    @Override
    public void onNext(FeatureFrame message) {
      long arrived = System.nanoTime();
      echoes.stage().received();
      try {
        if (Decoding.onlyTells(message)) {
          echoes.missing(message.getOrigin().getPerformer(), message.getUpstreamList(), arrived);
          return;
        }
        Frame frame = Decoding.frame(message);
        echoes.follow(message, left);
        if (!flow.hear(frame, arrived)) {
          refuse(message, "no room for another performer (explorer-service.max-performers)");
        }
      } catch (RuntimeException e) {
        refuse(message, e.getMessage());
      }
    }

    /** The sender of a lossless stream waits for an echo, even of a bad frame. */
    private void refuse(FeatureFrame message, String why) {
      echoes.stage().refused();
      refusals.tell(message.getOrigin().getPerformer(), why);
      if (message.getOrigin().getLossless()) {
        left.offer(Echo.newBuilder().setOrigin(message.getOrigin()).build(), System.nanoTime());
      }
    }

    @Override
    public void onError(Throwable fault) {
      left.forget();
    }

    @Override
    public void onCompleted() {
      left.complete();
    }
  }
}
