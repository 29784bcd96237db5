package org.latentspace.vae.versions;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/** The one thread on which versions are fetched, verified and warmed up; it stands back. */
public final class VersionThread implements AutoCloseable {
  private static final long END_MILLIS = 200;

  private final List<LongUnaryOperator> tasks;
  private final Thread thread = new Thread(this::run, "vae-versions");
  private volatile boolean open = true;

  /**
   * Takes these tasks, one after the other.
   *
   * @param tasks each does at a moment what is to be done, may block for as long as a fetch takes,
   *     and returns when it wants to be called next; {@link VersionFollower#NEVER}: not until woken
   */
  public VersionThread(List<LongUnaryOperator> tasks) {
    this.tasks = List.copyOf(tasks);
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
  }

  public void start() {
    thread.start();
  }

  /** Something may be there to be done. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  private void run() {
    while (open) {
      long next = VersionFollower.NEVER;
      for (LongUnaryOperator task : tasks) {
        next = Math.min(next, task.applyAsLong(System.nanoTime()));
      }
      if (next == VersionFollower.NEVER) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, next - System.nanoTime());
      }
    }
  }

  /** Ends it; what is being fetched is interrupted. */
  @Override
  public void close() {
    open = false;
    thread.interrupt();
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * When to try again: half a second after a failure, then twice as long each time, at most 15 s.
   */
  static final class RetryDelay {
    static final long FIRST_NANOS = 500_000_000;
    static final long LONGEST_NANOS = 15_000_000_000L;

    private long pauseNanos;
    private long dueNanos;

    RetryDelay() {
      reset();
    }

    /** The next try is due at once. */
    void reset() {
      pauseNanos = FIRST_NANOS;
      dueNanos = Long.MIN_VALUE;
    }

    /** Whether nothing has failed since the reset. */
    boolean isFirst() {
      return pauseNanos == FIRST_NANOS;
    }

    long dueNanos() {
      return dueNanos;
    }

    /** A try has failed; returns when the next is due. */
    long failed(long nowNanos) {
      dueNanos = nowNanos + pauseNanos;
      pauseNanos = Math.min(LONGEST_NANOS, pauseNanos * 2);
      return dueNanos;
    }
  }
}
