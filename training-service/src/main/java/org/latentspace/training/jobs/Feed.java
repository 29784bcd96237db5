package org.latentspace.training.jobs;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What one watcher of a job has still to be told: bounded; where the watcher is too slow the oldest
 * is left out, so that the newest, and the end, always come through.
 */
public final class Feed implements AutoCloseable {
  private static final int MOST_WAITING = 64;

  /**
   * One piece of news.
   *
   * @param epoch null where none has ended since the news before
   */
  public record News(Job job, Epoch epoch) {}

  private final Runnable bell;
  private final Runnable leave;
  // Guarded by itself.
  private final Queue<News> waiting = new ArrayDeque<>();

  Feed(Runnable bell, Runnable leave) {
    this.bell = bell;
    this.leave = leave;
  }

  void offer(News news) {
    synchronized (waiting) {
      if (waiting.size() == MOST_WAITING) {
        waiting.remove();
      }
      waiting.add(news);
    }
    bell.run();
  }

  /** The next piece of news, or null. */
  public News poll() {
    synchronized (waiting) {
      return waiting.poll();
    }
  }

  /** The watcher has gone. */
  @Override
  public void close() {
    leave.run();
  }
}
