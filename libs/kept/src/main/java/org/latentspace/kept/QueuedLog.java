package org.latentspace.kept;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A log whose records wait in a queue for the one thread that writes them. */
abstract class QueuedLog implements KeptLog {
  /**
   * A record that is to be appended.
   *
   * @param ifNew whether it is left out where the newest record of its key is the same
   */
  record Append(
      Topic topic, String key, byte[] value, boolean ifNew, CompletableFuture<Long> done) {
    int bytes() {
      return Frames.length(key, value);
    }
  }

  private static final int MOST_WAITING = 4096;

  final LinkedBlockingQueue<Append> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  final List<Follower> followings = new CopyOnWriteArrayList<>();
  // Nothing comes after it.
  final Append end = new Append(null, null, null, false, null);
  private final Thread thread;
  private volatile boolean closed;

  /** The thread runs once it is {@link #begin begun}. */
  QueuedLog(String threadName) {
    thread = new Thread(this::write, threadName);
    thread.setDaemon(true);
  }

  void begin() {
    thread.start();
  }

  /** Writes what comes until the end. */
  abstract void write();

  /** Takes a record into the queue; false where there is no room. */
  boolean enqueue(Append append) {
    return queue.offer(append);
  }

  /** Why there is no room. */
  abstract String full();

  abstract Follower follower(Topic topic, String name, Start start, Handler handler);

  /** What is let go of when nothing is written any more. */
  abstract void letGo();

  boolean isClosed() {
    return closed;
  }

  @Override
  public CompletionStage<Long> append(Topic topic, String key, byte[] value) {
    return append(topic, key, value, false);
  }

  /** As the other, but may complete with {@link NumberFile#NONE}: it was left out. */
  CompletionStage<Long> append(Topic topic, String key, byte[] value, boolean ifNew) {
    try {
      Frames.check(key, value);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    Append append = new Append(topic, key, value, ifNew, new CompletableFuture<>());
    if (closed || !enqueue(append)) {
      append.done().completeExceptionally(new Trouble(closed ? "the log is closed" : full()));
    }
    return append.done();
  }

  @Override
  public Following follow(Topic topic, String name, Start start, Handler handler) {
    Follower follower = follower(topic, name, start, handler);
    followings.add(follower);
    follower.begin();
    return follower;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    followings.forEach(Follower::close);
    try {
      queue.put(end);
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    letGo();
  }
}
