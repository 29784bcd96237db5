package org.latentspace.training.jobs;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latentspace.training.storage.NoRoom;

/** Hands the events of jobs to those who watch them. */
public final class JobEvents {
  private static final int MOST_WATCHERS = 1000;
  private static final int MOST_WAITING = 64;

  private final Map<String, List<Subscription>> watchers = new ConcurrentHashMap<>();

  /**
   * A change of a job, or the end of an epoch.
   *
   * @param report of the epoch, as in {@link Worker.Listener#heard}; null where none has ended
   *     since the event before
   */
  public record Event(Job job, String report) {}

  /** Throws NoRoom where 1000 watch already. */
  Subscription open(String job, Runnable bell) {
    if (watchers() >= MOST_WATCHERS) {
      throw new NoRoom(MOST_WATCHERS + " watch already, which is the most");
    }
    Subscription opened = new Subscription(job, bell);
    watchers.computeIfAbsent(job, none -> new CopyOnWriteArrayList<>()).add(opened);
    return opened;
  }

  int watchers() {
    return watchers.values().stream().mapToInt(List::size).sum();
  }

  /** Offers an event to every subscription of this job; its end closes them. */
  void tell(Job job, String report) {
    List<Subscription> all =
        job.state().ended() ? watchers.remove(job.id()) : watchers.get(job.id());
    if (all != null) {
      all.forEach(each -> each.offer(new Event(job, report)));
    }
  }

  /**
   * A subscription to the events of one job: a bounded queue. When a subscriber is too slow the
   * oldest event is dropped, so that the newest, and the end, always arrive.
   */
  public final class Subscription implements AutoCloseable {
    private final String job;
    private final Runnable bell;
    // Guarded by itself.
    private final Queue<Event> waiting = new ArrayDeque<>();

    private Subscription(String job, Runnable bell) {
      this.job = job;
      this.bell = bell;
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
      watchers.computeIfPresent(
          job,
          (same, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }
}
