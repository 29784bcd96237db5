package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.locks.LockSupport;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.AudioServiceGrpc;
import org.latentspace.proto.Echo;
import org.latentspace.proto.Origin;

/** Pushes sound over the network as a performer, in real time. */
final class Pusher implements StreamObserver<Echo>, AutoCloseable {
  private static final int BLOCK = 512;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final ManagedChannel channel;
  private final String performer;
  private StreamObserver<AudioBlock> blocks;
  private long due;
  private volatile Throwable fault;
  private volatile boolean answered;

  Pusher(ManagedChannel channel, String performer) {
    this.channel = channel;
    this.performer = performer;
  }

  /** Returns when all of it has sounded. */
  void push(Sound sound) {
    if (blocks == null) {
      begin(sound.rate());
    }
    // What was not pushed meanwhile is not caught up on.
    due = Math.max(due, System.nanoTime());
    for (int at = 0; at < sound.samples().length; at += BLOCK) {
      block(sound, at);
    }
    assertNull(fault);
  }

  /** Dials until audio-service is there. */
  private void begin(int rate) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    Sound breath = new Sound(rate, new float[BLOCK]);
    while (!answered) {
      assertTrue(System.nanoTime() < deadline, "no echo in 60 s, " + fault);
      if (blocks == null || fault != null) {
        fault = null;
        blocks = AudioServiceGrpc.newStub(channel).push(this);
        due = System.nanoTime();
      }
      block(breath, 0);
      LockSupport.parkNanos(20_000_000);
    }
    due = System.nanoTime();
  }

  private void block(Sound sound, int at) {
    int end = Math.min(sound.samples().length, at + BLOCK);
    AudioBlock.Builder block =
        AudioBlock.newBuilder()
            .setOrigin(Origin.newBuilder().setPerformer(performer))
            .setSampleRate(sound.rate());
    for (int i = at; i < end; i++) {
      block.addSamples(sound.samples()[i]);
    }
    due += (end - at) * 1_000_000_000L / sound.rate();
    while (System.nanoTime() < due) {
      LockSupport.parkNanos(due - System.nanoTime());
    }
    blocks.onNext(block.build());
  }

  @Override
  public void onNext(Echo echo) {
    answered = true;
  }

  @Override
  public void onError(Throwable error) {
    fault = error;
  }

  @Override
  public void onCompleted() {
    // It ends with the process.
  }

  @Override
  public void close() {
    blocks.onCompleted();
  }
}
