package org.latentspace.training.jobs;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.latentspace.training.storage.Announcements;
import org.latentspace.training.storage.NoRoom;
import org.latentspace.training.storage.WriteGate;

/**
 * Knows every job, and which is next; all of it outlives a restart.
 *
 * <pre>
 *   queued -> running -> done | failed | cancelled -> (resumed) queued
 * </pre>
 */
public final class JobQueue {
  private static final int MOST_RESTARTS = 3;
  private static final int MOST_ENDED = 1000;
  private static final Comparator<Job> NEWEST_FIRST =
      Comparator.<Job>comparingLong(job -> job.times().created())
          .thenComparingLong(Job::turn)
          .reversed();

  private final JobStore store;
  private final int queued;
  private final int resumable;
  private final LongSupplier nowMillis;
  private final Announcements announcements;
  private final JobEvents events = new JobEvents();
  // Changed under this alone; read by anyone.
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final WriteGate gate;
  private boolean ended;

  /**
   * @param queued jobs that may wait
   * @param resumable cancelled and failed jobs whose files are kept
   * @param publisher of how a job stands now; null: it is not remembered any more. Completes once
   *     the record is durable
   * @param gate closed while nothing may be changed
   */
  public JobQueue(
      Path folder,
      int queued,
      int resumable,
      LongSupplier nowMillis,
      BiFunction<String, Job, CompletionStage<Void>> publisher,
      WriteGate gate) {
    this.gate = gate;
    this.queued = queued;
    this.resumable = resumable;
    this.nowMillis = nowMillis;
    store = new JobStore(folder);
    announcements =
        new Announcements(folder.resolve(".news"), id -> publisher.apply(id, jobs.get(id)));
  }

  /** Reads what is there: what ran when this service went away waits again, or has failed. */
  public synchronized void open() {
    store.read().forEach(job -> jobs.put(job.id(), job));
    jobs.values().stream()
        .filter(job -> job.state() == Job.State.RUNNING)
        .toList()
        .forEach(this::recover);
    jobs.values().stream()
        .filter(job -> job.state() == Job.State.DONE && store.canGoOn(job.id()))
        .forEach(job -> store.strip(job.id()));
  }

  private void recover(Job job) {
    int restarts = job.restarts() + 1;
    if (job.cancelling()) {
      over(job.id(), Job.State.CANCELLED, "cancelled");
    } else if (restarts > MOST_RESTARTS) {
      String why = "training-service was gone " + restarts + " times while it ran; see ResumeJob";
      over(job.id(), Job.State.FAILED, why);
    } else {
      String why = "goes on after training-service was gone";
      change(job.id(), now -> now.again(now.turn(), restarts, why));
    }
  }

  private Job over(String id, Job.State state, String why) {
    long now = nowMillis.getAsLong();
    return change(id, job -> job.over(state, now, why));
  }

  /** Throws NoRoom where no more can wait. */
  public synchronized void checkRoom() {
    gate.check();
    if (count(Job.State.QUEUED) >= queued) {
      throw new NoRoom(queued + " jobs wait already, which is the most; cancel some, or wait");
    }
  }

  /** Puts a new job at the end of the queue; its files are there before it is known. */
  public synchronized Job add(
      String id, Job.Ask ask, Job.Material material, JobStore.Filling filling) {
    checkRoom();
    if (!JobStore.NAME.matcher(id).matches() || jobs.containsKey(id)) {
      throw new IllegalStateException(id + " is no new name of a job");
    }
    Job job = Job.queued(id, ask, material, nowMillis.getAsLong(), nextTurn());
    store.create(job, filling);
    announcements.changing(id, () -> jobs.put(id, job));
    notifyAll();
    return job;
  }

  private long nextTurn() {
    return 1 + jobs.values().stream().mapToLong(Job::turn).max().orElse(0);
  }

  /** Waits for the next job, which runs from now on; empty when the queue is closed. */
  synchronized Optional<Job> take() throws InterruptedException {
    while (!ended) {
      Optional<Job> next =
          jobs.values().stream()
              .filter(job -> job.state() == Job.State.QUEUED)
              .min(Comparator.comparingLong(Job::turn));
      if (next.isPresent()) {
        long now = nowMillis.getAsLong();
        return Optional.of(change(next.get().id(), job -> job.begun(now)));
      }
      wait();
    }
    return Optional.empty();
  }

  /** No job is given out any more. */
  synchronized void close() {
    ended = true;
    notifyAll();
  }

  /** How far a running job has come; it lasts from the next change of its state on. */
  synchronized void progress(String id, int epoch, long peakBytes, String report) {
    Job job = jobs.get(id).at(epoch, peakBytes);
    jobs.put(id, job);
    events.tell(job, report);
  }

  /** A running job has ended. */
  synchronized void end(String id, Job.State state, String message) {
    over(id, state, message);
    forgetOldest();
  }

  /** A running job waits again, as nothing was wrong with it. */
  synchronized void putBack(String id, String message) {
    change(id, job -> job.again(job.turn(), job.restarts(), message));
  }

  /**
   * A waiting job is cancelled at once; a running one is marked, so that it will be. Throws
   * IllegalStateException for one that is over.
   */
  synchronized Job askToEnd(String id) {
    gate.check();
    Job job = get(id);
    return switch (job.state()) {
      case QUEUED -> over(id, Job.State.CANCELLED, "cancelled before it began");
      case RUNNING -> change(id, Job::toBeCancelled);
      case CANCELLED -> job;
      case DONE, FAILED ->
          throw new IllegalStateException(
              id + " is over (" + job.state().name().toLowerCase(Locale.ROOT) + ")");
    };
  }

  /** A cancelled or failed job waits again. Throws IllegalStateException where it cannot. */
  public synchronized Job resume(String id) {
    gate.check();
    Job job = get(id);
    if (job.state() != Job.State.CANCELLED && job.state() != Job.State.FAILED) {
      throw new IllegalStateException(
          id + " is neither cancelled nor failed, so there is nothing to resume");
    }
    if (!store.canGoOn(id)) {
      throw new IllegalStateException(
          "nothing is kept of " + id + " any more; start it anew with StartJob");
    }
    checkRoom();
    Job resumed = change(id, now -> now.again(nextTurn(), 0, "resumed"));
    notifyAll();
    return resumed;
  }

  private Job change(String id, UnaryOperator<Job> step) {
    Job changed =
        announcements.changing(
            id,
            () -> {
              Job next = step.apply(jobs.get(id));
              store.save(next);
              jobs.put(id, next);
              return next;
            });
    events.tell(changed, null);
    notifyAll();
    return changed;
  }

  /** Files of the oldest resumable jobs go first, then what is known of the oldest of all. */
  private void forgetOldest() {
    list(Set.of(Job.State.CANCELLED, Job.State.FAILED)).stream()
        .skip(resumable)
        .forEach(job -> store.strip(job.id()));
    list(Set.of(Job.State.DONE, Job.State.CANCELLED, Job.State.FAILED)).stream()
        .skip(MOST_ENDED)
        .forEach(
            job ->
                announcements.changing(
                    job.id(),
                    () -> {
                      store.delete(job.id());
                      return jobs.remove(job.id());
                    }));
  }

  /** Waits until a job is over, at most so long; returns how it is then. */
  public synchronized Job awaitEnd(String id, long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; left > 0 && !get(id).state().ended(); ) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
    return get(id);
  }

  /** Throws NoSuchElementException, saying which there are, for a job that is not known. */
  public Job get(String id) {
    Job job = jobs.get(id);
    if (job == null) {
      List<String> newest = list(Set.of()).stream().limit(5).map(Job::id).toList();
      throw new NoSuchElementException(
          "no such job; " + (newest.isEmpty() ? "there is none" : "the newest are " + newest));
    }
    return job;
  }

  /** Newest first; no states: all of them. */
  public List<Job> list(Set<Job.State> states) {
    return jobs.values().stream()
        .filter(job -> states.isEmpty() || states.contains(job.state()))
        .sorted(NEWEST_FIRST)
        .toList();
  }

  /**
   * Watches a job: its state as it is, then every change and every epoch until its end.
   *
   * @param bell called for every event, on any thread; must not block
   */
  public synchronized JobEvents.Subscription watch(String id, Runnable bell) {
    Job job = get(id);
    JobEvents.Subscription opened = events.open(id, bell);
    opened.offer(new JobEvents.Event(job, null));
    if (job.state().ended()) {
      opened.close();
    }
    return opened;
  }

  public int watchers() {
    return events.watchers();
  }

  public int count(Job.State state) {
    return (int) jobs.values().stream().filter(job -> job.state() == state).count();
  }

  /** Publishes again what may not have reached the log. */
  public void tellAgain() {
    announcements.again();
  }

  /** Publishes every job anew; completes with the number of jobs once all are durable. */
  public CompletionStage<Integer> tellAll() {
    gate.check();
    return announcements.all(List.copyOf(jobs.keySet()));
  }

  public JobStore store() {
    return store;
  }
}
