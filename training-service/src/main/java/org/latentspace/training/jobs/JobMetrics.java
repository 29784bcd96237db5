package org.latentspace.training.jobs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.latentspace.training.versions.Versions;

/** Shows how jobs and versions stand on the metrics page. */
@Singleton
public class JobMetrics {
  @Inject JobQueue queue;
  @Inject Versions versions;

  /** What is measured, a sentence each. */
  enum Measure {
    JOBS_QUEUED("Jobs that wait.", in -> in.queue.count(JobState.QUEUED)),
    JOBS_RUNNING("Jobs that run now.", in -> in.queue.count(JobState.RUNNING)),
    JOBS_DONE(
        "Jobs that made a version, of those that are remembered.",
        in -> in.queue.count(JobState.DONE)),
    JOBS_FAILED(
        "Jobs that failed, of those that are remembered.", in -> in.queue.count(JobState.FAILED)),
    JOBS_CANCELLED(
        "Jobs that were cancelled, of those that are remembered.",
        in -> in.queue.count(JobState.CANCELLED)),
    JOBS_WATCHERS("Streams on which jobs are watched now.", in -> in.queue.watchers()),
    WORKER_PEAK_BYTES(
        "Largest resident memory of the workers that run now, in bytes.", JobMetrics::peak),
    VERSIONS("Versions of all models.", JobMetrics::count),
    VERSIONS_DAMAGED(
        "Versions whose files or descriptions are damaged.", in -> in.versions.damaged().size());

    private final String sentence;
    private final ToDoubleFunction<JobMetrics> value;

    Measure(String sentence, ToDoubleFunction<JobMetrics> value) {
      this.sentence = sentence;
      this.value = value;
    }

    String meterName() {
      return "training." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  /** Registers every measure. */
  public void show(MeterRegistry registry) {
    for (Measure measure : Measure.values()) {
      Gauge.builder(measure.meterName(), () -> measure.value.applyAsDouble(this))
          .description(measure.sentence)
          .register(registry);
    }
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
