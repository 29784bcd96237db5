package org.latentspace.training.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Takes jobs from the queue, one after the other, and sees each one through. */
public final class JobRunner {
  private static final long CANCEL_MARGIN_MILLIS = 3_000;
  private static final long END_MILLIS = 10_000;

  /** Makes a version of what a worker has left in a job's folder. */
  public interface Publisher {
    /**
     * Returns what is to be said about it. Throws RuntimeException where it is of no use.
     *
     * @param seconds that the work took; 0: not known
     */
    String publish(Job job, Path folder, double seconds);
  }

  private final JobQueue queue;
  private final Worker.Agency agency;
  private final Publisher publisher;
  private final int cancelMillis;
  private final Map<String, Worker> working = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ending;

  /**
   * @param cancelMillis how long a worker may take to end when it is told to
   */
  public JobRunner(JobQueue queue, Worker.Agency agency, Publisher publisher, int cancelMillis) {
    this.queue = queue;
    this.agency = agency;
    this.publisher = publisher;
    this.cancelMillis = cancelMillis;
  }

  /** Begins with so many jobs at the same time. */
  public synchronized void begin(int parallel) {
    for (int i = 1; i <= parallel && !ending; i++) {
      Thread thread = new Thread(this::runJobs, "training-job-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  /** Stops what runs, so that it goes on from there when this service is back. */
  public synchronized void end() throws InterruptedException {
    ending = true;
    queue.close();
    working.values().forEach(Worker::cancel);
    for (Thread thread : threads) {
      thread.join(END_MILLIS);
    }
  }

  private void runJobs() {
    try {
      for (Optional<Job> job = queue.take(); job.isPresent(); job = queue.take()) {
        try {
          run(job.get());
        } catch (IOException | RuntimeException failed) {
          queue.end(job.get().id(), Job.State.FAILED, message(failed));
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static String message(Exception failed) {
    return failed.getMessage() == null ? failed.toString() : failed.getMessage();
  }

  private void run(Job job) throws IOException, InterruptedException {
    Path folder = queue.store().folder(job.id());
    Worker.Ending ending =
        Files.exists(folder.resolve("model.safetensors"))
            ? new Worker.Ending(Job.State.DONE, "", 0)
            : work(job.id(), folder);
    switch (ending.state()) {
      case DONE -> {
        String message = publisher.publish(job, folder, ending.seconds());
        queue.end(job.id(), Job.State.DONE, joined(ending.reason(), message));
        queue.store().strip(job.id());
      }
      case CANCELLED -> {
        Job now = queue.get(job.id());
        if (now.cancelling()) {
          queue.end(job.id(), Job.State.CANCELLED, "cancelled" + ending.reason());
        } else if (this.ending) {
          queue.putBack(job.id(), "interrupted by the end of training-service");
        } else {
          queue.end(job.id(), Job.State.FAILED, "its worker ended though nobody had asked it to");
        }
      }
      default -> queue.end(job.id(), Job.State.FAILED, ending.reason());
    }
  }

  private static String joined(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + "; " + other;
  }

  private Worker.Ending work(String id, Path folder) throws IOException, InterruptedException {
    Worker worker = agency.start(id, folder);
    working.put(id, worker);
    try {
      // A cancelling call marks the job first and then looks up the worker, so no cancel is lost.
      if (ending || queue.get(id).cancelling()) {
        worker.cancel();
      }
      return worker.work((epoch, peak, report) -> queue.progress(id, epoch, peak, report));
    } finally {
      working.remove(id);
    }
  }

  /** Ends a job, as far as it has not ended; waits until it has. */
  public Job cancel(String id) throws InterruptedException {
    Job job = queue.askToEnd(id);
    if (job.state() == Job.State.RUNNING) {
      Worker worker = working.get(id);
      if (worker != null) {
        worker.cancel();
      }
      return queue.awaitEnd(id, cancelMillis + CANCEL_MARGIN_MILLIS);
    }
    return job;
  }
}
