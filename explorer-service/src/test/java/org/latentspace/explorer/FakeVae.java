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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.latentspace.proto.ClockSource;
import org.latentspace.proto.Decoding;
import org.latentspace.proto.Echo;
import org.latentspace.proto.EnsembleStatus;
import org.latentspace.proto.GatewayRelayGrpc;
import org.latentspace.proto.GetDecodingRequest;
import org.latentspace.proto.GetRecordingRequest;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.KeepHeardReply;
import org.latentspace.proto.KeepHeardRequest;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.ListEnsemblesReply;
import org.latentspace.proto.ListEnsemblesRequest;
import org.latentspace.proto.ListRobotsReply;
import org.latentspace.proto.ListRobotsRequest;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.Recording;
import org.latentspace.proto.ReloadInstallationRequest;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.Robot;
import org.latentspace.proto.SetRobotRequest;
import org.latentspace.proto.SongPosition;
import org.latentspace.proto.StageStatus;
import org.latentspace.proto.TakeOver;
import org.latentspace.proto.TapRequest;
import org.latentspace.proto.Transport;
import org.latentspace.proto.VaeServiceGrpc;

/** A vae-service for tests: keeps the points that it gets and echoes each of them. */
public class FakeVae implements QuarkusTestResourceLifecycleManager {
  static final BlockingQueue<LatentPoint> POINTS = new LinkedBlockingQueue<>();
  static Path installation;
  static volatile Transport song;
  static volatile Robot kick;
  static volatile KeepHeardRequest kept = KeepHeardRequest.getDefaultInstance();
  static volatile Decoding decoding;
  static volatile Recording recording;
  static final AtomicInteger TAPS = new AtomicInteger();
  static final AtomicInteger RELOADS = new AtomicInteger();
  private static Server server;
  private static int port;

  @Override
  public Map<String, String> start() {
    open();
    String data = "target/explorer-test-" + System.currentTimeMillis();
    installation = Path.of(data, "pads.yaml").toAbsolutePath();
    try {
      Files.createDirectories(installation.getParent());
      Files.copy(Path.of("src/test/resources/pads.yaml"), installation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> keys = new HashMap<>();
    keys.put("installation.file", installation.toString());
    keys.put("explorer-service.controls.port", Integer.toString(freeUdpPort()));
    keys.putAll(usual(data));
    return keys;
  }

  private static Map<String, String> usual(String data) {
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
    song =
        Transport.newBuilder()
            .setBpm(120)
            .setPlaying(true)
            .setShuffle(0.5f)
            .setTakeOver(TakeOver.TAKE_OVER_BAR)
            .setTempoSource(ClockSource.CLOCK_SOURCE_INTERNAL)
            .setTransportSource(ClockSource.CLOCK_SOURCE_LINK)
            .build();
    kick = Robot.newBuilder().setRobot("kick").build();
    recording = Recording.newBuilder().setRecording(false).build();
    decoding = Decoding.newBuilder().setTemperature(1).build();
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      server =
          NettyServerBuilder.forAddress(address)
              .addService(new Service())
              .addService(new Relay())
              .build()
              .start();
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

  private static <A> void reply(StreamObserver<A> caller, A answer) {
    caller.onNext(answer);
    caller.onCompleted();
  }

  /** Midi-gateway's part. */
  private static final class Relay extends GatewayRelayGrpc.GatewayRelayImplBase {
    @Override
    public void listEnsembles(
        ListEnsemblesRequest request, StreamObserver<ListEnsemblesReply> answer) {
      EnsembleStatus one = EnsembleStatus.newBuilder().setEnsemble("wood").build();
      reply(answer, ListEnsemblesReply.newBuilder().addEnsembles(one).build());
    }

    @Override
    public void keepHeard(KeepHeardRequest wanted, StreamObserver<KeepHeardReply> answer) {
      kept = wanted;
      reply(answer, KeepHeardReply.getDefaultInstance());
    }

    @Override
    public void listRobots(ListRobotsRequest request, StreamObserver<ListRobotsReply> answer) {
      reply(answer, ListRobotsReply.newBuilder().addRobots(kick).build());
    }

    @Override
    public void setRobot(SetRobotRequest wanted, StreamObserver<Robot> answer) {
      Robot.Builder next = kick.toBuilder();
      kick = (wanted.hasMute() ? next.setMute(wanted.getMute()) : next).build();
      reply(answer, kick);
    }

    @Override
    public void getRecording(GetRecordingRequest request, StreamObserver<Recording> answer) {
      reply(answer, recording);
    }

    @Override
    public void setRecording(Recording wanted, StreamObserver<Recording> answer) {
      recording = wanted;
      reply(answer, recording);
    }

    @Override
    public void reloadInstallation(
        ReloadInstallationRequest request, StreamObserver<ListEnsemblesReply> answer) {
      RELOADS.incrementAndGet();
      reply(answer, ListEnsemblesReply.getDefaultInstance());
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
      song = song.toBuilder().mergeFrom(wanted).build();
      reply(answer, song);
    }

    @Override
    public void tap(TapRequest request, StreamObserver<Transport> answer) {
      TAPS.incrementAndGet();
      reply(answer, song);
    }

    @Override
    public void getTransport(GetTransportRequest request, StreamObserver<Transport> answer) {
      reply(answer, song);
    }

    @Override
    public void getDecoding(GetDecodingRequest request, StreamObserver<Decoding> answer) {
      reply(answer, decoding);
    }

    @Override
    public void setDecoding(Decoding wanted, StreamObserver<Decoding> answer) {
      decoding = decoding.toBuilder().mergeFrom(wanted).build();
      reply(answer, decoding);
    }

    @Override
    public void panic(PanicRequest request, StreamObserver<Transport> answer) {
      song = song.toBuilder().setPlaying(false).build();
      reply(answer, song);
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
