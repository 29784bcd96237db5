package org.latentspace.training.inlet;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.latentspace.training.storage.NoRoom;
import org.latentspace.wire.grpc.ThisCall;

/**
 * Does calls' work on a thread of its own, one after the other, off the event loop. A call that
 * finds the queue full is told so; one that is given up while it waits is not done.
 */
public final class WorkThread extends ThreadPoolExecutor {
  private final int queue;

  /**
   * @param priority of the thread, see {@link Thread#setPriority}
   * @param queue how many calls may wait
   */
  public WorkThread(String name, int priority, int queue) {
    super(
        1,
        1,
        10,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(queue),
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          thread.setPriority(priority);
          return thread;
        });
    this.queue = queue;
    allowCoreThreadTimeOut(true);
  }

  /** Answers when the work is done. */
  public <T> void answer(StreamObserver<T> response, Callable<T> work) {
    try {
      execute(
          () -> {
            if (!ThisCall.isGivenUp(response)) {
              Answers.answer(response, work);
            }
          });
    } catch (RejectedExecutionException full) {
      response.onError(
          Answers.status(new NoRoom(queue + " calls are waiting already; try again later")));
    }
  }
}
