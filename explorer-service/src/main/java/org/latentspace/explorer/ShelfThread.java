package org.latentspace.explorer;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.latentspace.explorer.teaching.Refusal;

/** The one thread that has the mappings' disk; asking it never waits, and is bounded. */
final class ShelfThread {
  private static final Logger LOG = Logger.getLogger(ShelfThread.class);
  private static final int MOST_ASKED = 1024;
  private static final long END_MS = 2000;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.MILLISECONDS,
          new LinkedBlockingQueue<>(MOST_ASKED),
          task -> {
            Thread own = new Thread(task, "explorer-mappings");
            own.setDaemon(true);
            return own;
          });
  private volatile String weather = "ok";

  /** Something for the disk. */
  interface Storing {
    void store() throws IOException;
  }

  /** Completes when it is done; fails with a {@link Refusal}. */
  <T> CompletableFuture<T> ask(Callable<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      thread.execute(() -> answer(work, answer));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          thread.isShutdown()
              ? new Refusal(Refusal.Kind.WEATHER, "explorer-service is ending")
              : new Refusal(Refusal.Kind.NO_ROOM, MOST_ASKED + " wait for the mappings already"));
    }
    return answer;
  }

  private <T> void answer(Callable<T> work, CompletableFuture<T> answer) {
    try {
      answer.complete(work.call());
    } catch (Refusal no) {
      answer.completeExceptionally(no);
    } catch (IOException e) {
      bad(e);
      answer.completeExceptionally(new Refusal(Refusal.Kind.WEATHER, weather));
    } catch (Exception e) {
      answer.completeExceptionally(new Refusal(Refusal.Kind.WEATHER, e.getMessage()));
    }
  }

  /** Within the thread: what the disk says becomes weather, which is not the music's. */
  void onDisk(Storing work) {
    try {
      work.store();
      weather = "ok";
    } catch (IOException e) {
      bad(e);
    }
  }

  private void bad(IOException fault) {
    String line = "mappings cannot be stored: " + fault.getMessage();
    if (!line.equals(weather)) {
      LOG.warn(line);
    }
    weather = line;
  }

  /** "ok", or why mappings cannot be stored. */
  String weather() {
    return weather;
  }

  /** Does what was asked for, and ends. */
  void end() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_MS, TimeUnit.MILLISECONDS)) {
        LOG.warn("the disk holds the mappings up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
