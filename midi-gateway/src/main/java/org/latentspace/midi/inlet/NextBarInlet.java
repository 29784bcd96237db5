package org.latentspace.midi.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.NextBar;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.wire.NextBarWire;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.proto.NextBarServiceGrpc;
import org.latentspace.proto.WatchNextBarRequest;
import org.latentspace.wire.grpc.Replies;

/** gRPC service: what will be struck. */
@Singleton
public class NextBarInlet extends NextBarServiceGrpc.NextBarServiceImplBase {
  private static final int MOST_WATCHERS = 16;

  private final Performance performance;
  private final Semaphore room = new Semaphore(MOST_WATCHERS);

  @Inject
  NextBarInlet(Performance performance) {
    this.performance = performance;
  }

  @Override
  public void watchNextBar(
      WatchNextBarRequest request, StreamObserver<org.latentspace.proto.NextBar> response) {
    try {
      watch(
          request.getEnsemble(),
          (ServerCallStreamObserver<org.latentspace.proto.NextBar>) response);
    } catch (RuntimeException refusal) {
      response.onError(Replies.status(refusal).asRuntimeException());
    }
  }

  private void watch(
      String ensemble, ServerCallStreamObserver<org.latentspace.proto.NextBar> response) {
    List<String> there = performance.ensembles().stream().map(Ensemble::name).toList();
    if (!ensemble.isEmpty() && !there.contains(ensemble)) {
      throw new NoSuchElementException(
          "no ensemble \"" + ensemble + "\"; there are " + String.join(", ", there));
    }
    if (!room.tryAcquire()) {
      throw new LimitExceeded("no more than " + MOST_WATCHERS + " callers can watch");
    }
    Consumer<NextBar> write =
        bar -> {
          if ((ensemble.isEmpty() || bar.ensemble().equals(ensemble)) && response.isReady()) {
            response.onNext(NextBarWire.write(bar));
          }
        };
    AutoCloseable listening = performance.nextBars().listen(write);
    AtomicBoolean over = new AtomicBoolean();
    response.setOnCancelHandler(
        () -> {
          if (over.compareAndSet(false, true)) {
            close(listening);
            room.release();
          }
        });
  }

  private static void close(AutoCloseable listening) {
    try {
      listening.close();
    } catch (Exception never) {
      throw new IllegalStateException(never);
    }
  }
}
