package org.latentspace.training.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.latentspace.training.storage.NoRoom;

/**
 * One stream of messages that is answered at its end. A message is asked for when the one before
 * has been worked on, so that a stream holds one message, however fast it is sent.
 *
 * @param <Q> a message
 * @param <R> the answer
 */
public abstract class RequestStream<Q, R> implements StreamObserver<Q> {
  private final ServerCallStreamObserver<R> response;
  private final Executor worker;
  private final Semaphore room;
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * Reads from the response's call, or refuses it where there is no room.
   *
   * @param room how many streams there may be at the same time
   * @param full what a stream is told that finds no room
   */
  protected RequestStream(
      StreamObserver<R> response, Executor worker, Semaphore room, String full) {
    this.response = (ServerCallStreamObserver<R>) response;
    this.worker = worker;
    this.room = room;
    this.response.disableAutoRequest();
    if (room.tryAcquire()) {
      this.response.setOnCancelHandler(this::end);
      this.response.request(1);
    } else {
      over.set(true);
      response.onError(Answers.status(new NoRoom(full)));
    }
  }

  /** Works on a message, by the worker; an exception ends the stream with its status. */
  protected abstract void take(Q message);

  /** The answer, when all messages are taken. */
  protected abstract R finish();

  @Override
  public final void onNext(Q message) {
    work(
        () -> {
          take(message);
          response.request(1);
        });
  }

  @Override
  public final void onError(Throwable gone) {
    end();
  }

  @Override
  public final void onCompleted() {
    work(
        () -> {
          R answer = finish();
          if (end()) {
            response.onNext(answer);
            response.onCompleted();
          }
        });
  }

  private void work(Runnable task) {
    try {
      worker.execute(
          () -> {
            try {
              if (!over.get()) {
                task.run();
              }
            } catch (RuntimeException failed) {
              fail(failed);
            }
          });
    } catch (RejectedExecutionException full) {
      fail(new NoRoom("too many calls at once; try again later"));
    }
  }

  private void fail(RuntimeException failed) {
    if (end()) {
      response.onError(Answers.status(failed));
    }
  }

  /** Whether it was going on until now. */
  private boolean end() {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      room.release();
    }
    return first;
  }
}
