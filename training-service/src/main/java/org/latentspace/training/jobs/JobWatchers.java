package org.latentspace.training.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latentspace.training.storage.NoRoom;

/** The open subscriptions to the events of jobs. */
final class JobWatchers {
  private static final int MOST_WATCHERS = 1000;

  private final Map<String, List<JobEvents>> watchers = new ConcurrentHashMap<>();

  /** Throws NoRoom where 1000 watch already. */
  JobEvents open(String job, Runnable bell) {
    if (watchers() >= MOST_WATCHERS) {
      throw new NoRoom(MOST_WATCHERS + " watch already, which is the most");
    }
    JobEvents[] self = new JobEvents[1];
    self[0] = new JobEvents(bell, () -> forget(job, self[0]));
    watchers.computeIfAbsent(job, none -> new CopyOnWriteArrayList<>()).add(self[0]);
    return self[0];
  }

  private void forget(String job, JobEvents events) {
    watchers.computeIfPresent(
        job,
        (same, all) -> {
          all.remove(events);
          return all.isEmpty() ? null : all;
        });
  }

  int watchers() {
    return watchers.values().stream().mapToInt(List::size).sum();
  }

  /** Offers an event to every subscription of this job; its end closes them. */
  void tell(Job job, Epoch epoch) {
    List<JobEvents> all = job.state().ended() ? watchers.remove(job.id()) : watchers.get(job.id());
    if (all != null) {
      all.forEach(events -> events.offer(new JobEvents.Event(job, epoch)));
    }
  }
}
