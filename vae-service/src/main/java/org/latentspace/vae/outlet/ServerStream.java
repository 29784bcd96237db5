package org.latentspace.vae.outlet;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.latentspace.vae.versions.ModelSource.Unavailable;

/**
 * Reads a neighbour's stream on the calling thread: one message at a time is asked for, so that no
 * more than one waits here.
 */
final class ServerStream<Q, T> implements ClientResponseObserver<Q, T> {
  private static final long LOOK_UP_MILLIS = 50;

  /** One event: a message, or the end with its status. */
  private record Event<T>(T message, Status end) {}

  /** Takes a message; false: enough. */
  interface Reader<T> {
    boolean read(T message);
  }

  private final BlockingQueue<Event<T>> events = new ArrayBlockingQueue<>(4);
  private volatile ClientCallStreamObserver<Q> call;

  /**
   * Opens the call and reads it to its end.
   *
   * @param open makes the call with this object as its observer
   * @param idleMillis longest wait for a message
   * @throws Unavailable when the neighbour fails, falls silent, or this was given up
   */
  void read(
      Consumer<ServerStream<Q, T>> open, Reader<T> reader, BooleanSupplier givenUp, long idleMillis)
      throws Unavailable {
    open.accept(this);
    try {
      readToTheEnd(reader, givenUp, idleMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted");
    } finally {
      call.cancel("not needed any more", null);
    }
  }

  private void readToTheEnd(Reader<T> reader, BooleanSupplier givenUp, long idleMillis)
      throws Unavailable, InterruptedException {
    long waitedMillis = 0;
    while (true) {
      Event<T> event = events.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
      if (givenUp.getAsBoolean()) {
        throw new Unavailable("given up for a newer one");
      }
      if (event == null) {
        waitedMillis += LOOK_UP_MILLIS;
        if (waitedMillis >= idleMillis) {
          throw new Unavailable("it has been silent for " + idleMillis + " ms");
        }
      } else if (event.end() != null) {
        requireOk(event.end());
        return;
      } else if (!reader.read(event.message())) {
        return;
      } else {
        waitedMillis = 0;
        call.request(1);
      }
    }
  }

  private static void requireOk(Status end) throws Unavailable {
    if (!end.isOk()) {
      String why = end.getDescription() == null ? "" : " (" + end.getDescription() + ")";
      throw new Unavailable(end.getCode() + why);
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> request) {
    call = request;
    request.disableAutoRequestWithInitial(1);
  }

  @Override
  public void onNext(T message) {
    events.add(new Event<>(message, null));
  }

  @Override
  public void onError(Throwable fault) {
    events.add(new Event<>(null, Status.fromThrowable(fault)));
  }

  @Override
  public void onCompleted() {
    events.add(new Event<>(null, Status.OK));
  }
}
