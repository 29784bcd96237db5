package org.latentspace.training.data.inlet;

import io.grpc.stub.StreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.latentspace.training.inlet.Answers;
import org.latentspace.training.storage.NoRoom;
import org.latentspace.wire.grpc.ThisCall;

/**
 * Does the data set's work off the event loop: one thread brings things in, one looks things up. A
 * call that finds its queue full is told so; one that is given up while it waits is not done.
 */
@Singleton
class DataExecutor {
  private static final int QUEUE = 64;

  private final ThreadPoolExecutor importing = thread("data-import");
  private final ThreadPoolExecutor browsing = thread("data-browse");

  /** For what takes long and writes. */
  Executor importing() {
    return importing;
  }

  /** Looks something up, or changes a little, and answers. */
  <T> void answer(StreamObserver<T> response, Callable<T> work) {
    run(browsing, response, work);
  }

  /** Answers when something long is done. */
  <T> void answerLater(StreamObserver<T> response, Callable<T> work) {
    run(importing, response, work);
  }

  private static <T> void run(Executor executor, StreamObserver<T> response, Callable<T> work) {
    try {
      executor.execute(
          () -> {
            if (!ThisCall.isGivenUp(response)) {
              Answers.answer(response, work);
            }
          });
    } catch (RejectedExecutionException full) {
      response.onError(
          Answers.status(new NoRoom(QUEUE + " calls are waiting already; try again later")));
    }
  }

  @PreDestroy
  void close() {
    importing.shutdownNow();
    browsing.shutdownNow();
  }

  private static ThreadPoolExecutor thread(String name) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
