package org.latentspace.audio;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.proto.StageStatus;

/** The right-hand neighbour as a test needs it: keeps what it hears and echoes every block. */
final class FakeFeatureService extends FeatureServiceGrpc.FeatureServiceImplBase {
  private final List<AudioBlock> heard = new CopyOnWriteArrayList<>();
  private Server server;

  void start(int port) throws IOException {
    server = NettyServerBuilder.forPort(port).addService(this).build().start();
  }

  void stop() throws InterruptedException {
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  /** The first {@code count} blocks of a kind, waited for by the caller's own patience. */
  List<AudioBlock> await(int count, Predicate<AudioBlock> kind) throws InterruptedException {
    synchronized (heard) {
      while (heard.stream().filter(kind).count() < count) {
        heard.wait(20_000);
      }
    }
    return heard.stream().filter(kind).limit(count).toList();
  }

  @Override
  public StreamObserver<AudioBlock> hear(StreamObserver<Echo> echo) {
    return new StreamObserver<>() {
      @Override
      public void onNext(AudioBlock block) {
        synchronized (heard) {
          heard.add(block);
          heard.notifyAll();
        }
        echo.onNext(
            Echo.newBuilder()
                .setOrigin(block.getOrigin())
                .addStages(StageStatus.newBuilder().setStage("feature-service"))
                .setFinished(block.getOrigin().getLast())
                .build());
      }

      @Override
      public void onError(Throwable gone) {}

      @Override
      public void onCompleted() {
        echo.onCompleted();
      }
    };
  }
}
