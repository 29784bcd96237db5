package org.latentspace.explorer.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.latentspace.explorer.teaching.Refusal;

/**
 * The one thread that reads and writes what performers set and store; the live path never waits for
 * it.
 */
@ApplicationScoped
public class PerformerDisk {
  private static final Logger LOG = Logger.getLogger(PerformerDisk.class);
  private static final int MOST_ASKED = 256;
  // A busy disk may take seconds to force a file.
  private static final long END_MS = 10_000;

  private final Semaphore room = new Semaphore(MOST_ASKED);
  private final List<Work<?>> last = new CopyOnWriteArrayList<>();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread own = new Thread(task, "explorer-disk");
            own.setDaemon(true);
            return own;
          });
  private volatile PerformerFiles files;

  /** Something to do with the files, on the disk's thread. */
  interface Work<T> {
    T with(PerformerFiles files) throws IOException;
  }

  /**
   * @param dir need not exist; it is made with the first file
   */
  public void open(Path dir) {
    files = new PerformerFiles(dir);
  }

  /** Completes when it is done; fails with a {@link Refusal}. */
  <T> CompletableFuture<T> ask(Work<T> work) {
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
            run(work, answer);
          });
    } catch (RejectedExecutionException e) {
      room.release();
      answer.completeExceptionally(new Refusal(Refusal.Kind.WEATHER, "explorer-service is ending"));
    }
    return answer;
  }

  private <T> void run(Work<T> work, CompletableFuture<T> answer) {
    try {
      answer.complete(work.with(files));
    } catch (IOException | UncheckedIOException fault) {
      answer.completeExceptionally(
          new Refusal(Refusal.Kind.WEATHER, "the disk does not take it: " + fault.getMessage()));
    } catch (RuntimeException fault) {
      answer.completeExceptionally(fault);
    }
  }

  /** Has it done some time later, unless the service ends before. */
  void later(Work<?> work, long afterMs) {
    try {
      thread.schedule(() -> run(work, new CompletableFuture<>()), afterMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ending) {
      LOG.debug("what is left is written at the end");
    }
  }

  /** Has it done when the service ends. */
  void atEnd(Work<?> work) {
    last.add(work);
  }

  void end(@Observes ShutdownEvent end) {
    close();
  }

  /** Writes what is left. */
  void close() {
    CompletableFuture<Void> done =
        ask(
            disk -> {
              for (Work<?> work : last) {
                run(work, new CompletableFuture<>());
              }
              return null;
            });
    try {
      done.get(END_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the disk holds the settings up; the last second of them may be lost");
    }
    thread.shutdown();
  }
}
