package org.latentspace.benchmarks;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.proto.Origin;
import org.latentspace.proto.WatchRequest;
import org.latentspace.wire.LiveOutlet;
import org.latentspace.wire.UnixClock;

/**
 * Question: what do eight performers feel, and what does the process hold, when somebody sends
 * feature-service 5 000 blocks of 2 KB a second? The latency is that from a capture to its echo.
 */
public final class FloodRig {
  private static final int PORT = 18_300;
  private static final int GRPC_PORT = PORT + 1000;
  private static final int PERFORMERS = 8;
  private static final int WARM_UP_S = 25;
  private static final int QUIET_S = 10;
  private static final int SECONDS = 15;
  private static final int A_SECOND = 5000;
  private static final int SAMPLES = 512;
  private static final int RATE = 44_100;

  private final ManagedChannel channel;
  private final Product product;

  private FloodRig(int port, Product product) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    this.product = product;
  }

  /** Argument: the port that gRPC is answered on, where it is another than this rig's. */
  public static void main(String[] arguments) throws Exception {
    try (Product product =
        Product.inOneProcess(PORT, Product.performers(PERFORMERS, "synthetic"))) {
      int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : GRPC_PORT;
      new FloodRig(port, product).measure();
    }
  }

  private void measure() throws Exception {
    TimeUnit.SECONDS.sleep(WARM_UP_S);
    Lag eight = new Lag("p");
    ExplorerServiceGrpc.newStub(channel).watch(WatchRequest.getDefaultInstance(), eight);
    TimeUnit.SECONDS.sleep(QUIET_S);
    System.out.println("without:    " + eight.tell() + "; " + product.residentMb() + " MB");
    flood();
    System.out.println("with:       " + eight.tell() + "; " + product.residentMb() + " MB");
    TimeUnit.SECONDS.sleep(QUIET_S);
    System.out.println("afterwards: " + eight.tell() + "; " + product.residentMb() + " MB");
    channel.shutdownNow();
  }

  private void flood() {
    Lag lag = new Lag("flood");
    ClientCallStreamObserver<AudioBlock> blocks =
        (ClientCallStreamObserver<AudioBlock>)
            FeatureServiceGrpc.newStub(channel)
                .withOnReadyThreshold(LiveOutlet.READY_THRESHOLD_BYTES)
                .hear(lag);
    AudioBlock.Builder block = AudioBlock.newBuilder().setSampleRate(RATE);
    for (int i = 0; i < SAMPLES; i++) {
      block.addSamples((float) (0.2 * Math.sin(i * 0.06)));
    }
    long start = System.nanoTime();
    int sent = 0;
    int dropped = 0;
    for (int i = 0; i < SECONDS * A_SECOND; i++) {
      long due = start + i * (1_000_000_000L / A_SECOND);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(100_000);
      }
      if (!blocks.isReady()) {
        dropped++;
        continue;
      }
      sent++;
      blocks.onNext(
          block
              .setOrigin(
                  Origin.newBuilder()
                      .setPerformer("flood")
                      .setSequence(i)
                      .setCapturedNanos(UnixClock.nanos())
                      .setSoundNanos((long) i * SAMPLES * 1_000_000_000L / RATE))
              .build());
    }
    System.out.printf(
        Locale.ROOT, "the flooder: sent %d, dropped %d by itself; %s%n", sent, dropped, lag.tell());
    blocks.onCompleted();
  }

  /** How long after the capture of their sound the echoes of some performers come. */
  private static final class Lag implements StreamObserver<Echo> {
    private final String names;
    private final Histogram micros = new Histogram(3);

    /**
     * @param names how the names of those performers begin
     */
    Lag(String names) {
      this.names = names;
    }

    @Override
    public synchronized void onNext(Echo echo) {
      if (echo.getOrigin().getPerformer().startsWith(names)) {
        long nanos = UnixClock.nanos() - echo.getOrigin().getCapturedNanos();
        micros.recordValue(Math.max(0, nanos / 1000));
      }
    }

    /** Says the figures since it was asked last. */
    synchronized String tell() {
      String figures =
          String.format(
              Locale.ROOT,
              "%d echoes, p50 %.1f p99 %.1f max %.1f ms",
              micros.getTotalCount(),
              micros.getValueAtPercentile(50) / 1e3,
              micros.getValueAtPercentile(99) / 1e3,
              micros.getMaxValue() / 1e3);
      micros.reset();
      return figures;
    }

    @Override
    public void onError(Throwable fault) {
      System.out.println("a stream ended: " + fault);
    }

    @Override
    public void onCompleted() {}
  }
}
