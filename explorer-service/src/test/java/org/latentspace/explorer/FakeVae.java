package org.latentspace.explorer;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.latentspace.proto.Echo;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.SongPosition;
import org.latentspace.proto.StageStatus;
import org.latentspace.proto.Transport;
import org.latentspace.proto.VaeServiceGrpc;

/** A vae-service for tests: keeps the points that it gets and echoes each of them. */
public class FakeVae implements QuarkusTestResourceLifecycleManager {
  static final BlockingQueue<LatentPoint> POINTS = new LinkedBlockingQueue<>();
  private static Server server;
  private static int port;

  @Override
  public Map<String, String> start() {
    open();
    String data = "target/explorer-test-" + System.currentTimeMillis();
    return Map.of(
        "explorer-service.vae-service.port",
        Integer.toString(port),
        "explorer-service.max-performers",
        "200",
        "explorer-service.data-dir",
        data + "/explorer",
        "kept.dir",
        data + "/kept",
        "explorer-service.wekinator.enabled",
        "true",
        "explorer-service.wekinator.performer",
        "wek",
        "explorer-service.wekinator.in-port",
        Integer.toString(freeUdpPort()),
        "explorer-service.wekinator.out-port",
        Integer.toString(freeUdpPort()));
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
    shut();
  }

  /** Opens on the port that it had, if any. */
  static void open() {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      server = NettyServerBuilder.forAddress(address).addService(new Service()).build().start();
      port = server.getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void shut() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Service extends VaeServiceGrpc.VaeServiceImplBase {
    @Override
    public void setTransport(Transport wanted, StreamObserver<Transport> answer) {
      if (wanted.getBpm() > 300) {
        answer.onError(
            Status.OUT_OF_RANGE
                .withDescription("bpm is " + wanted.getBpm() + ", expected 20..300")
                .asRuntimeException());
        return;
      }
      answer.onNext(wanted);
      answer.onCompleted();
    }

    @Override
    public void panic(PanicRequest request, StreamObserver<Transport> answer) {
      answer.onNext(Transport.newBuilder().setPlaying(false).build());
      answer.onCompleted();
    }

    @Override
    public StreamObserver<LatentPoint> play(StreamObserver<Echo> back) {
      return new StreamObserver<>() {
        @Override
        public void onNext(LatentPoint point) {
          POINTS.add(point);
          back.onNext(
              Echo.newBuilder()
                  .setOrigin(point.getOrigin())
                  .setRhythm(Rhythm.newBuilder().setModelVersion("fake").setBars(2))
                  .setPosition(SongPosition.newBuilder().setBar(3).setBpm(120))
                  .setStrokes(POINTS.size())
                  .addStages(StageStatus.newBuilder().setStage("vae-service").setStatus("ok"))
                  .setFinished(point.getOrigin().getLast())
                  .build());
        }

        @Override
        public void onError(Throwable fault) {}

        @Override
        public void onCompleted() {
          back.onCompleted();
        }
      };
    }
  }
}
