package org.latentspace.explorer.outlet;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.latentspace.explorer.teaching.Refusal;

/** The one thread that has the pairs' disk; asking it never waits, and is bounded. */
final class PairThread {
  private static final Logger LOG = Logger.getLogger(PairThread.class);
  private static final int MOST_ASKED = 256;
  private static final long END_MS = 2000;

  private final Semaphore room = new Semaphore(MOST_ASKED);
  private final ScheduledThreadPoolExecutor thread;

  PairThread() {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread own = new Thread(task, "explorer-pairs");
              own.setDaemon(true);
              return own;
            });
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Completes when it is done; fails with what it throws, or a {@link Refusal} for no room. */
  <T> CompletableFuture<T> ask(Callable<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (!room.tryAcquire()) {
      answer.completeExceptionally(
          new Refusal(Refusal.Kind.NO_ROOM, "more than " + MOST_ASKED + " changes at a time"));
      return answer;
    }
    try {
      thread.execute(
          () -> {
            room.release();
            answer(work, answer);
          });
    } catch (RejectedExecutionException e) {
      room.release();
      answer.completeExceptionally(new Refusal(Refusal.Kind.WEATHER, "explorer-service is ending"));
    }
    return answer;
  }

  private static <T> void answer(Callable<T> work, CompletableFuture<T> answer) {
    try {
      answer.complete(work.call());
    } catch (Exception fault) {
      answer.completeExceptionally(fault);
    }
  }

  /** Does it after a while, unless the thread ends before. */
  void later(Runnable work, long afterMs) {
    try {
      thread.schedule(work, afterMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ending) {
      LOG.debug("what is not handed on is handed on at the next start");
    }
  }

  /** Does what was asked for, then this, and ends. */
  void end(Runnable last) {
    CompletableFuture<Void> done =
        ask(
            () -> {
              last.run();
              return null;
            });
    try {
      done.get(END_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the disk holds the pairs up; what was answered is stored");
    }
    thread.shutdown();
  }
}
