package org.latentspace.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.inject.spi.CDI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.FeatureServiceGrpc;
import org.latentspace.proto.Origin;
import org.latentspace.wire.grpc.GrpcServer;

/** A caller of the service under test: plays sines, and sees the frames that they become. */
final class Caller implements AutoCloseable {
  static final int RATE = 44_100;
  static final int BLOCK = 256;
  static final long MS = 1_000_000;

  final ManagedChannel channel;
  private final StreamObserver<AudioBlock> sound;
  private int sequence;

  Caller() {
    int port = CDI.current().select(GrpcServer.class).get().port();
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    sound = FeatureServiceGrpc.newStub(channel).hear(new Kept<Echo>());
    FakeExplorer.FRAMES.clear();
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  static FeatureFrame next(String performer) throws InterruptedException {
    FeatureFrame frame = FakeExplorer.FRAMES.poll(10, TimeUnit.SECONDS);
    while (frame != null && !frame.getOrigin().getPerformer().equals(performer)) {
      frame = FakeExplorer.FRAMES.poll(10, TimeUnit.SECONDS);
    }
    assertNotNull(frame, "no frame of " + performer);
    return frame;
  }

  /** The newest frame that has come; the older ones are taken away. */
  static FeatureFrame newest(String performer) {
    FeatureFrame newest = null;
    for (FeatureFrame f = FakeExplorer.FRAMES.poll(); f != null; f = FakeExplorer.FRAMES.poll()) {
      newest = f.getOrigin().getPerformer().equals(performer) ? f : newest;
    }
    return newest;
  }

  static long latest(String performer) {
    return FakeExplorer.FRAMES.stream()
        .filter(f -> f.getOrigin().getPerformer().equals(performer))
        .mapToLong(f -> f.getOrigin().getSequence())
        .max()
        .orElse(0);
  }

  void hear(String performer, boolean lossless, double amplitude) {
    sequence++;
    AudioBlock.Builder block =
        AudioBlock.newBuilder()
            .setOrigin(
                Origin.newBuilder()
                    .setPerformer(performer)
                    .setSequence(sequence)
                    .setSoundNanos(sequence * (long) BLOCK * 1_000_000_000L / RATE)
                    .setLossless(lossless))
            .setSampleRate(RATE);
    for (int i = 0; i < BLOCK; i++) {
      double at = (double) ((sequence - 1) * BLOCK + i) / RATE;
      block.addSamples((float) (amplitude * Math.sin(2 * Math.PI * 440 * at)));
    }
    sound.onNext(block.build());
  }

  static void refused(Status.Code code, Runnable call) {
    StatusRuntimeException fault = assertThrows(StatusRuntimeException.class, call::run);
    assertEquals(code, fault.getStatus().getCode(), fault.getMessage());
    assertNotNull(fault.getStatus().getDescription());
  }

  /** Keeps what comes back. */
  static final class Kept<T> implements StreamObserver<T> {
    private final BlockingQueue<T> values = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();

    T next() throws InterruptedException {
      T value = values.poll(10, TimeUnit.SECONDS);
      assertNotNull(value, "no answer");
      return value;
    }

    T last() throws InterruptedException {
      assertNotNull(ended.poll(10, TimeUnit.SECONDS), "no end");
      T last = null;
      for (T value = values.poll(); value != null; value = values.poll()) {
        last = value;
      }
      return last;
    }

    @Override
    public void onNext(T value) {
      values.add(value);
    }

    @Override
    public void onError(Throwable fault) {
      ended.add(false);
    }

    @Override
    public void onCompleted() {
      ended.add(true);
    }
  }
}
