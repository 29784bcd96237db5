package org.latentspace.vae;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.latentspace.proto.Echo;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.Robot;
import org.latentspace.proto.SetRobotRequest;
import org.latentspace.proto.StageStatus;
import org.latentspace.proto.Transport;
import org.latentspace.vae.model.ModelBytes;
import org.latentspace.vae.model.RandomModel;
import org.latentspace.vae.outlet.FakeTraining;

/** Plays midi-gateway for a test: keeps the rhythms, answers each, can leave and come back. */
public class FakeGateway implements QuarkusTestResourceLifecycleManager {
  final BlockingQueue<Rhythm> rhythms = new LinkedBlockingQueue<>();
  Path models;
  FakeTraining training;
  private Server server;
  private int port;

  @Override
  public Map<String, String> start() {
    try {
      training = new FakeTraining();
      models = Files.createTempDirectory("models");
      Path model = models.resolve("start.safetensors");
      Files.write(model, ModelBytes.of(RandomModel.ofDefaultSize(1)));
      listen();
      return Map.of(
          "vae-service.model", model.toString(),
          "vae-service.models-dir", models.toString(),
          "vae-service.follow-versions", "true",
          "vae-service.data-dir", models.resolve("data/vae").toString(),
          "vae-service.training-service.port", Integer.toString(training.port()),
          "kept.dir", models.resolve("data/kept").toString(),
          "vae-service.midi-gateway.port", Integer.toString(port),
          "quarkus.http.test-port", "0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(Object test) {
    if (test instanceof VaeServiceTest asks) {
      asks.gateway = this;
    }
  }

  void leave() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void comeBack() throws IOException {
    listen();
  }

  private void listen() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
            .addService(new Gateway())
            .build()
            .start();
    port = server.getPort();
  }

  @Override
  public void stop() {
    training.close();
    leave();
  }

  private final class Gateway extends MidiGatewayGrpc.MidiGatewayImplBase {
    @Override
    public void setTransport(Transport wanted, StreamObserver<Transport> answer) {
      answer.onNext(wanted);
      answer.onCompleted();
    }

    @Override
    public void setRobot(SetRobotRequest wanted, StreamObserver<Robot> answer) {
      answer.onNext(
          Robot.newBuilder().setRobot(wanted.getRobot()).setMute(wanted.getMute()).build());
      answer.onCompleted();
    }

    @Override
    public void panic(PanicRequest request, StreamObserver<Transport> answer) {
      answer.onNext(Transport.newBuilder().setPlaying(false).build());
      answer.onCompleted();
    }

    @Override
    public StreamObserver<Rhythm> play(StreamObserver<Echo> response) {
      return new StreamObserver<>() {
        @Override
        public void onNext(Rhythm rhythm) {
          rhythms.add(rhythm);
          StageStatus stage = StageStatus.newBuilder().setStage("midi-gateway").build();
          response.onNext(
              Echo.newBuilder()
                  .setOrigin(rhythm.getOrigin())
                  .setRhythm(rhythm)
                  .addStages(stage)
                  .build());
        }

        @Override
        public void onError(Throwable gone) {}

        @Override
        public void onCompleted() {
          response.onCompleted();
        }
      };
    }
  }
}
