package org.latentspace.wire.warmup;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.proto.Origin;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.LiveOutlet;
import org.latentspace.wire.LiveThread;
import org.latentspace.wire.NeighbourLine;
import org.latentspace.wire.grpc.GrpcConfig;

/**
 * Exercises one hop of the live path: a stream to a server of its own, which echoes, by the same
 * classes and the same way as between two services of this process.
 */
@Singleton
class WireExercise implements Exercise {
  private static final String NAME = NeighbourLine.THIS_PROCESS + "-warm-up";
  private static final int MESSAGES = 16;
  private static final int SAMPLES = 512;
  private static final long WAIT_MS = 50;

  private final boolean inThisProcess;

  @Inject
  WireExercise(GrpcConfig config) {
    this(config.neighbours().equals(NeighbourLine.THIS_PROCESS));
  }

  WireExercise(boolean inThisProcess) {
    this.inThisProcess = inThisProcess;
  }

  @Override
  public Hop begin() {
    return inThisProcess ? new Hop(server(near()), NAME) : new Hop(server(remote()), "127.0.0.1");
  }

  /** A server and its caller. */
  static final class Hop implements Round {
    private final Server server;
    private final Semaphore unread = new Semaphore(0);
    private final LongAdder echoes = new LongAdder();
    private final LiveOutlet<AudioBlock, Echo> outlet;

    Hop(Server server, String host) {
      this.server = server;
      outlet =
          new LiveOutlet<>(
              "warm-up",
              host,
              server.getPort(),
              FeatureServiceGrpc.getHearMethod(),
              AudioBlock::getOrigin,
              this::echoed,
              performer -> {});
      outlet.start();
    }

    private void echoed(Echo echo) {
      echoes.increment();
      unread.release();
    }

    long echoes() {
      return echoes.sum();
    }

    @Override
    public void once() {
      for (int i = 0; i < MESSAGES; i++) {
        outlet.offerLossless(block());
      }
      try {
        if (!unread.tryAcquire(MESSAGES, WAIT_MS, TimeUnit.MILLISECONDS)) {
          unread.drainPermits();
        }
      } catch (InterruptedException end) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      outlet.close();
      server.shutdownNow();
    }
  }

  private static ServerBuilder<?> near() {
    return InProcessServerBuilder.forName(NAME).executor(LiveThread.get());
  }

  private static ServerBuilder<?> remote() {
    return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)).directExecutor();
  }

  private static Server server(ServerBuilder<?> builder) {
    try {
      return builder.addService(new Echoing()).build().start();
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  private static AudioBlock block() {
    AudioBlock.Builder block =
        AudioBlock.newBuilder()
            .setOrigin(Origin.newBuilder().setPerformer("warm-up").setLossless(true))
            .setSampleRate(44_100);
    for (int i = 0; i < SAMPLES; i++) {
      block.addSamples(i);
    }
    return block.build();
  }

  private static final class Echoing extends FeatureServiceGrpc.FeatureServiceImplBase {
    @Override
    public StreamObserver<AudioBlock> hear(StreamObserver<Echo> response) {
      EchoOutlet back = new EchoOutlet(response);
      return new StreamObserver<>() {
        @Override
        public void onNext(AudioBlock block) {
          back.offer(Echo.newBuilder().setOrigin(block.getOrigin()).build(), System.nanoTime());
        }

        @Override
        public void onError(Throwable gone) {
          back.forget();
        }

        @Override
        public void onCompleted() {
          back.complete();
        }
      };
    }
  }
}
