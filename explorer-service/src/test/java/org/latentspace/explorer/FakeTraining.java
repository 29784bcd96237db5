package org.latentspace.explorer;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitRequest;
import org.latentspace.proto.FitServiceGrpc;
import org.latentspace.proto.FitState;
import org.latentspace.proto.MappingVersion;
import org.latentspace.proto.Motion;

/** A training-service for tests that answers as it is told. */
final class FakeTraining extends FitServiceGrpc.FitServiceImplBase implements AutoCloseable {
  final BlockingQueue<FitRequest> asked = new LinkedBlockingQueue<>();
  final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
  volatile BiConsumer<FitRequest, StreamObserver<FitProgress>> answer;
  private final Server server;

  FakeTraining() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(this)
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void fit(FitRequest request, StreamObserver<FitProgress> back) {
    ((ServerCallStreamObserver<FitProgress>) back)
        .setOnCancelHandler(() -> cancelled.add(request.getPerformer()));
    asked.add(request);
    answer.accept(request, back);
  }

  static FitProgress state(FitState state, String message) {
    return FitProgress.newBuilder().setState(state).setMessage(message).build();
  }

  static FitProgress done(MappingVersion version) {
    return FitProgress.newBuilder().setState(FitState.FIT_STATE_DONE).setVersion(version).build();
  }

  /** A mapping of the ten features that always answers the same. */
  static MappingVersion version(String performer, String name, double x, double y) {
    MappingNetwork constant =
        new MappingNetwork(
            List.of(
                new MappingLayer(
                    ActivationFunction.IDENTITY, new double[10][2], new double[] {x, y})));
    return MappingVersion.newBuilder()
        .setPerformer(performer)
        .setVersion(name)
        .setFlucomaJson(FlucomaJson.write(constant))
        .addAllSenses(Frame.FEATURE_NAMES)
        .addAllOutputs(List.of("x", "y"))
        .setScaling("lse")
        .setMotion(Motion.MOTION_POSITION)
        .setPairs(4)
        .setLoss(0.125)
        .addLossCurve(0.5)
        .addLossCurve(0.125)
        .setLeaveOneOut(0.25)
        .addAllMeanInput(java.util.Collections.nCopies(10, 0.1f))
        .build();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
