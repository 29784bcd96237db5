package org.latentspace.explorer.outlet;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.wire.grpc.ThisCall;

/**
 * The one thread that has somebody's disk: it does what it is asked in that order, and who asks
 * never waits.
 *
 * <p>When as much waits as may, what is asked next is refused and what waits is done. What it was
 * asked before it ended is done and answered, unless its caller has given up.
 */
public final class DiskThread {
  private final int most;
  private final long endMs;
  private final Function<Exception, Exception> trouble;
  private final Semaphore room;
  private final ScheduledThreadPoolExecutor thread;

  /**
   * A thread of this name.
   *
   * @param most that may wait, beside what is being done
   * @param endMs longest wait for the disk at the end
   * @param trouble is told, on the thread, what other exception than a {@link Refusal} the work has
   *     thrown, and says as what it fails
   */
  public DiskThread(String name, int most, long endMs, Function<Exception, Exception> trouble) {
    this.trouble = trouble;
    this.most = most;
    this.endMs = endMs;
    room = new Semaphore(most);
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread own = new Thread(task, name);
              own.setDaemon(true);
              return own;
            });
  }

  /** Completes when it is done; fails with what it throws, or with a {@link Refusal}. */
  public <T> CompletableFuture<T> ask(Callable<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    BooleanSupplier givenUp = ThisCall.givenUp();
    if (!room.tryAcquire()) {
      answer.completeExceptionally(
          new Refusal(Refusal.Kind.NO_ROOM, "more than " + most + " changes at a time"));
      return answer;
    }
    try {
      thread.execute(
          () -> {
            room.release();
            if (givenUp.getAsBoolean()) {
              answer.completeExceptionally(
                  new Refusal(Refusal.Kind.UNAVAILABLE, "not done: the caller has given up"));
            } else {
              answer(work, answer);
            }
          });
    } catch (RejectedExecutionException ending) {
      room.release();
      answer.completeExceptionally(
          new Refusal(Refusal.Kind.UNAVAILABLE, "explorer-service is ending"));
    }
    return answer;
  }

  private <T> void answer(Callable<T> work, CompletableFuture<T> answer) {
    try {
      answer.complete(work.call());
    } catch (Refusal no) {
      answer.completeExceptionally(no);
    } catch (Exception fault) {
      answer.completeExceptionally(trouble.apply(fault));
    }
  }

  /** Does it after a while, unless the thread ends before. Needs no room. */
  void later(Runnable work, long afterMs) {
    try {
      thread.schedule(
          () -> {
            if (!thread.isShutdown()) {
              work.run();
            }
          },
          afterMs,
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ending) {
      // It has ended before.
    }
  }

  /**
   * Does what it was asked, then this, and ends; needs no room.
   *
   * @return false when the disk holds it up: what is left is done for as long as the process lives
   */
  public boolean end(Runnable last) {
    try {
      CompletableFuture.runAsync(last, thread).get(endMs, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (RejectedExecutionException ended) {
      return true;
    } finally {
      thread.shutdown();
    }
  }
}
