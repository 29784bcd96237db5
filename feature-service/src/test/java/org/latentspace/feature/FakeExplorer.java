package org.latentspace.feature;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.StageStatus;

/** A right-hand neighbour that keeps every frame and echoes it. */
public class FakeExplorer implements QuarkusTestResourceLifecycleManager {
  static final BlockingQueue<FeatureFrame> FRAMES = new LinkedBlockingQueue<>();

  private Server server;
  private Path data;

  @Override
  public Map<String, String> start() {
    try {
      data = Files.createTempDirectory("feature-service-test");
      server = ServerBuilder.forPort(0).addService(new Explorer()).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "feature-service.explorer-service.port",
        Integer.toString(server.getPort()),
        "feature-service.osc.port",
        Integer.toString(freeUdpPort()),
        "feature-service.data-dir",
        data.toString(),
        "feature-service.senses.pose.low",
        "-1",
        "feature-service.senses.pose.high",
        "3");
  }

  private static int freeUdpPort() {
    try (DatagramSocket socket = new DatagramSocket(0)) {
      return socket.getLocalPort();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    server.shutdownNow();
  }

  private static final class Explorer extends ExplorerServiceGrpc.ExplorerServiceImplBase {
    @Override
    public StreamObserver<FeatureFrame> explore(StreamObserver<Echo> echo) {
      return new StreamObserver<>() {
        @Override
        public void onNext(FeatureFrame frame) {
          FRAMES.add(frame);
          echo.onNext(
              Echo.newBuilder()
                  .setOrigin(frame.getOrigin())
                  .setFeatures(frame)
                  .setFinished(frame.getOrigin().getLast())
                  .addStages(StageStatus.newBuilder().setStage("explorer-service"))
                  .build());
        }

        @Override
        public void onError(Throwable fault) {}

        @Override
        public void onCompleted() {
          echo.onCompleted();
        }
      };
    }
  }
}
