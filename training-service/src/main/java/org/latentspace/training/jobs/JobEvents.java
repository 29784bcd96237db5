package org.latentspace.training.jobs;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A subscription to the events of one job: a bounded queue. When a subscriber is too slow the
 * oldest event is dropped, so that the newest, and the end, always arrive.
 */
public final class JobEvents implements AutoCloseable {
  private static final int MOST_WAITING = 64;

  /**
   * A change of a job, or the end of an epoch.
   *
   * @param epoch null where none has ended since the event before
   */
  public record Event(Job job, Epoch epoch) {}

  private final Runnable bell;
  private final Runnable leave;
  // Guarded by itself.
  private final Queue<Event> waiting = new ArrayDeque<>();

  JobEvents(Runnable bell, Runnable leave) {
    this.bell = bell;
    this.leave = leave;
  }

  void offer(Event event) {
    synchronized (waiting) {
      if (waiting.size() == MOST_WAITING) {
        waiting.remove();
      }
      waiting.add(event);
    }
    bell.run();
  }

  /** The next event, or null. */
  public Event poll() {
    synchronized (waiting) {
      return waiting.poll();
    }
  }

  /** Ends the subscription. */
  @Override
  public void close() {
    leave.run();
  }
}
