package org.latentspace.training.jobs;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import org.latentspace.training.versions.Versions;
import org.latentspace.wire.MetricsTable;

/** Shows how jobs and versions stand on the metrics page. */
@Singleton
public class JobMetrics {
  @Inject JobQueue queue;
  @Inject Versions versions;

  /** Registers every measure. */
  public void show(MeterRegistry registry) {
    new MetricsTable(registry, "training.")
        .gauge("jobs.queued", "Jobs that wait.", () -> queue.count(JobState.QUEUED))
        .gauge("jobs.running", "Jobs that run now.", () -> queue.count(JobState.RUNNING))
        .gauge(
            "jobs.done",
            "Jobs that made a version, of those that are remembered.",
            () -> queue.count(JobState.DONE))
        .gauge(
            "jobs.failed",
            "Jobs that failed, of those that are remembered.",
            () -> queue.count(JobState.FAILED))
        .gauge(
            "jobs.cancelled",
            "Jobs that were cancelled, of those that are remembered.",
            () -> queue.count(JobState.CANCELLED))
        .gauge("jobs.watchers", "Streams on which jobs are watched now.", queue::watchers)
        .gauge(
            "worker.peak.bytes",
            "Largest resident memory of the workers that run now, in bytes.",
            this::peak)
        .gauge("versions", "Versions of all models.", this::count)
        .gauge(
            "versions.damaged",
            "Versions whose files or descriptions are damaged.",
            () -> versions.damaged().size());
  }

  private double peak() {
    return queue.list(Set.of(JobState.RUNNING)).stream().mapToLong(Job::peakBytes).max().orElse(0);
  }

  private double count() {
    return versions.store().models().stream()
        .mapToInt(model -> versions.store().list(model).size())
        .sum();
  }
}
