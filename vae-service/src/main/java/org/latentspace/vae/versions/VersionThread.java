package org.latentspace.vae.versions;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The one thread on which versions are fetched, verified and warmed up; it stands back. */
public final class VersionThread implements AutoCloseable {
  private static final long END_MILLIS = 200;

  /** Something that is done on this thread. */
  public interface Task {
    /**
     * Does what is to be done now, and may block for as long as a fetch takes.
     *
     * @return when it wants to be called next; {@link VersionFollower#NEVER}: not until it is woken
     */
    long turn(long nowNanos);
  }

  private final List<Task> tasks;
  private final Thread thread = new Thread(this::run, "vae-versions");
  private volatile boolean open = true;

  /** Takes these tasks, one after the other. */
  public VersionThread(List<Task> tasks) {
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
      for (Task task : tasks) {
        next = Math.min(next, task.turn(System.nanoTime()));
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
}
