package org.latentspace.benchmarks;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.Origin;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.VaeServiceGrpc;
import org.latentspace.wire.StageMeter;
import org.latentspace.wire.UnixClock;

/**
 * The floor under the live path: the same messages over the same four hops, and no work at all.
 *
 * <pre>
 *   pacer --AudioBlock--> node --FeatureFrame--> node --LatentPoint--> node --Rhythm--> meter
 *          (172 a second)       (86 a second)
 * </pre>
 */
final class BareHops implements AutoCloseable {
  private static final int BLOCK_SAMPLES = 256;
  private static final int SAMPLE_RATE = 44_100;
  private static final int STROKES = 60;
  private static final long BLOCK_NANOS = 1_000_000_000L * BLOCK_SAMPLES / SAMPLE_RATE;

  private final StageMeter meter = new StageMeter("bare-hops");
  private final List<Server> servers = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final StreamObserver<AudioBlock> first;
  private volatile boolean running = true;

  BareHops() throws IOException {
    int gateway = serve(new Gateway());
    StreamObserver<Rhythm> rhythms = MidiGatewayGrpc.newStub(channel(gateway)).play(new Ignore());
    Rhythm.Builder rhythm = rhythm();
    int vae =
        serve(
            new VaeServiceGrpc.VaeServiceImplBase() {
              @Override
              public StreamObserver<LatentPoint> play(StreamObserver<Echo> echo) {
                return forward(p -> rhythm.setOrigin(p.getOrigin()).build(), rhythms);
              }
            });
    StreamObserver<LatentPoint> points = VaeServiceGrpc.newStub(channel(vae)).play(new Ignore());
    LatentPoint.Builder point =
        LatentPoint.newBuilder().addPosition(.3f).addPosition(.7f).setNoise(.1f).setZRampMs(200);
    int explorer =
        serve(
            new ExplorerServiceGrpc.ExplorerServiceImplBase() {
              @Override
              public StreamObserver<FeatureFrame> explore(StreamObserver<Echo> echo) {
                return forward(f -> point.setOrigin(f.getOrigin()).build(), points);
              }
            });
    StreamObserver<FeatureFrame> frames =
        ExplorerServiceGrpc.newStub(channel(explorer)).explore(new Ignore());
    FeatureFrame.Builder frame = frame();
    int feature =
        serve(
            new FeatureServiceGrpc.FeatureServiceImplBase() {
              @Override
              public StreamObserver<AudioBlock> hear(StreamObserver<Echo> echo) {
                return forward(
                    b ->
                        b.getOrigin().getSequence() % 2 == 1
                            ? null
                            : frame.setOrigin(b.getOrigin()).build(),
                    frames);
              }
            });
    first = FeatureServiceGrpc.newStub(channel(feature)).hear(new Ignore());
  }

  StageMeter meter() {
    return meter;
  }

  /** Sends blocks at the pace of sound until {@link #close}; for a thread of its own. */
  void pace() {
    AudioBlock.Builder block = AudioBlock.newBuilder().setSampleRate(SAMPLE_RATE);
    for (int i = 0; i < BLOCK_SAMPLES; i++) {
      block.addSamples((float) Math.sin(i * 0.1));
    }
    long start = System.nanoTime();
    for (long sequence = 1; running; sequence++) {
      long due = sequence * BLOCK_NANOS;
      while (System.nanoTime() - start < due) {
        LockSupport.parkNanos(start + due - System.nanoTime());
      }
      block.setOrigin(
          Origin.newBuilder()
              .setPerformer("performer")
              .setSequence(sequence)
              .setSoundNanos(due)
              .setCapturedNanos(UnixClock.nanos() - (System.nanoTime() - start - due)));
      first.onNext(block.build());
    }
    first.onCompleted();
  }

  @Override
  public void close() {
    running = false;
    channels.forEach(ManagedChannel::shutdownNow);
    servers.forEach(Server::shutdownNow);
  }

  private int serve(io.grpc.BindableService service) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(service)
            .build()
            .start();
    servers.add(server);
    return server.getPort();
  }

  private ManagedChannel channel(int port) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
    channels.add(channel);
    return channel;
  }

  private static Rhythm.Builder rhythm() {
    Rhythm.Builder rhythm =
        Rhythm.newBuilder()
            .setModelVersion("six-robots-1")
            .setBars(2)
            .setBeatsPerBar(4)
            .setBeatUnit(4)
            .setStepsPerBeat(12)
            .addAllVoices(List.of("kick", "snare", "closed-hat", "open-hat", "low-tom", "ride"))
            .addPosition(.3f)
            .addPosition(.7f);
    for (int i = 0; i < STROKES; i++) {
      rhythm.addStep(i).addVoice(i % 6).addVelocity(.5f).addOffset(.1f);
    }
    return rhythm;
  }

  private static FeatureFrame.Builder frame() {
    FeatureFrame.Builder frame =
        FeatureFrame.newBuilder()
            .setFrame(1000)
            .setWindowCentreS(12.5)
            .setPitchMidi(69)
            .setPitchConfidence(.9f)
            .setLevelDbfs(-20)
            .setScaling("lse");
    for (int i = 0; i < 10; i++) {
      frame.addVector(.1f * i);
    }
    frame
        .getRawBuilder()
        .setAmbitusSemitones(5)
        .setDensityPerS(3)
        .setRmsLinear(.1f)
        .setCentroidHz(2000)
        .setSpreadHz(2000)
        .setSkewness(2)
        .setKurtosis(7)
        .setRolloffHz(5000)
        .setFlatnessDb(-20)
        .setCrestDb(25);
    return frame;
  }

  private static <A, B> StreamObserver<A> forward(Function<A, B> next, StreamObserver<B> to) {
    return new StreamObserver<>() {
      @Override
      public void onNext(A value) {
        B made = next.apply(value);
        if (made != null) {
          to.onNext(made);
        }
      }

      @Override
      public void onError(Throwable fault) {}

      @Override
      public void onCompleted() {}
    };
  }

  private final class Gateway extends MidiGatewayGrpc.MidiGatewayImplBase {
    @Override
    public StreamObserver<Rhythm> play(StreamObserver<Echo> echo) {
      return forward(
          rhythm -> {
            long since = UnixClock.nanos() - rhythm.getOrigin().getCapturedNanos();
            meter.sinceCapture(rhythm.getOrigin().getPerformer(), since);
            return null;
          },
          echo);
    }
  }

  private static final class Ignore implements StreamObserver<Echo> {
    @Override
    public void onNext(Echo echo) {}

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onCompleted() {}
  }
}
