package org.latentspace.audio.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.proto.Onset;
import org.latentspace.wire.grpc.Replies;

/** A caller that hears of strokes; what it does not take at once is left out. */
final class OnsetStream {
  private OnsetStream() {}

  /**
   * Begins, or refuses; to be called within the call's own method.
   *
   * @param room for how many more callers there is room
   * @param listen begins to listen; what it gives ends it
   */
  static void begin(
      Semaphore room,
      Function<Consumer<org.latentspace.audio.sound.Onset>, Runnable> listen,
      ServerCallStreamObserver<Onset> response) {
    if (!room.tryAcquire()) {
      LimitExceeded full = new LimitExceeded("no more callers can watch onsets");
      response.onError(Replies.status(full).asRuntimeException());
      return;
    }
    try {
      Runnable end = listen.apply(onset -> write(onset, response));
      response.setOnCancelHandler(
          () -> {
            end.run();
            room.release();
          });
    } catch (RuntimeException refusal) {
      room.release();
      response.onError(Replies.status(refusal).asRuntimeException());
    }
  }

  private static void write(
      org.latentspace.audio.sound.Onset onset, ServerCallStreamObserver<Onset> response) {
    if (response.isReady() && !response.isCancelled()) {
      response.onNext(
          Onset.newBuilder()
              .setCapturedNanos(onset.capturedNanos())
              .setLevelDbfs(onset.levelDb())
              .setRiseDb(onset.riseDb())
              .build());
    }
  }
}
