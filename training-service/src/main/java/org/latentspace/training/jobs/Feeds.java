package org.latentspace.training.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latentspace.training.storage.NoRoom;

/** Everyone who watches a job now. */
final class Feeds {
  private static final int MOST_WATCHERS = 1000;

  private final Map<String, List<Feed>> feeds = new ConcurrentHashMap<>();

  /** Throws NoRoom where 1000 watch already. */
  Feed open(String job, Runnable bell) {
    if (watchers() >= MOST_WATCHERS) {
      throw new NoRoom(MOST_WATCHERS + " watch already, which is the most");
    }
    Feed[] self = new Feed[1];
    self[0] = new Feed(bell, () -> forget(job, self[0]));
    feeds.computeIfAbsent(job, none -> new CopyOnWriteArrayList<>()).add(self[0]);
    return self[0];
  }

  private void forget(String job, Feed feed) {
    feeds.computeIfPresent(
        job,
        (same, all) -> {
          all.remove(feed);
          return all.isEmpty() ? null : all;
        });
  }

  int watchers() {
    return feeds.values().stream().mapToInt(List::size).sum();
  }

  /** Tells everyone who watches this job; after its end nobody does any more. */
  void tell(Job job, Epoch epoch) {
    List<Feed> all = job.state().ended() ? feeds.remove(job.id()) : feeds.get(job.id());
    if (all != null) {
      all.forEach(feed -> feed.offer(new Feed.News(job, epoch)));
    }
  }
}
