package org.latentspace.training.jobs;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Rhythms become a model. Read this first.
 *
 * <pre>
 *   DataFlow: pieces
 *      | select: loops on a grid
 *      v
 *   JobDesk --> JobQueue --> JobRunner --> a worker process: work.Training
 *      (folder data-dir/jobs/JOB)  |          examples -> train -> thresholds -> score card -> model
 *                                  v
 *                               Harvest --> VersionFlow: a version; plays if it is better
 * </pre>
 */
@Singleton
public class TrainingFlow {
  private final JobDesk desk;
  private final JobQueue queue;
  private final JobRunner runner;

  @Inject
  public TrainingFlow(JobDesk desk, JobQueue queue, JobRunner runner) {
    this.desk = desk;
    this.queue = queue;
    this.runner = runner;
  }

  /** Puts a job into the queue. */
  public Job start(JobDesk.Order order) {
    return desk.take(order);
  }

  /** Stops a job within one batch; what it has learned is kept. */
  public Job cancel(String job) throws InterruptedException {
    return runner.cancel(job);
  }

  /** Goes on where a cancelled or failed job stopped. */
  public Job resume(String job) {
    return queue.resume(job);
  }

  public Job job(String job) {
    return queue.get(job);
  }

  /** Newest first; no states: all of them. */
  public List<Job> jobs(Set<JobState> states) {
    return queue.list(states);
  }

  /** The bell rings for every change and every epoch, until the job's end. */
  public Feed watch(String job, Runnable bell) {
    return queue.watch(job, bell);
  }
}
