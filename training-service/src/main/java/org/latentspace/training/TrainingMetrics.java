package org.latentspace.training;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Set;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.data.RhythmStore;
import org.latentspace.training.fit.FitQueue;
import org.latentspace.training.jobs.Job;
import org.latentspace.training.jobs.JobQueue;
import org.latentspace.training.versions.Versions;
import org.latentspace.wire.DiskRoom;
import org.latentspace.wire.MetricsTable;

/** Shows on the metrics page how the data set, fits, jobs and versions stand. */
@Singleton
public class TrainingMetrics {
  @Inject TrainingConfig config;
  @Inject DataFlow data;
  @Inject FitQueue fits;
  @Inject JobQueue jobs;
  @Inject Versions versions;

  /** Registers every measure. */
  public void show(MeterRegistry registry) {
    showData(registry);
    showFits(registry);
    showJobs(registry);
  }

  private void showData(MeterRegistry registry) {
    RhythmStore rhythms = data.rhythms();
    new MetricsTable(registry, "training.data.")
        .gauge("pieces", "Pieces that came in and are here.", () -> rhythms.counts().pieces())
        .gauge("notes", "Strokes of all pieces together.", () -> rhythms.counts().notes())
        .gauge(
            "excluded",
            "Pieces that are left out of selections.",
            () -> rhythms.counts().excluded())
        .gauge("deleted", "Pieces that the log does not bring back.", () -> rhythms.counts().gone())
        .gauge(
            "journal.bytes", "Size of the pieces' journal.", () -> rhythms.counts().journalBytes())
        .counter("bars.new", "Bars that were played and new.", data.novelty()::newBars)
        .counter(
            "bars.known",
            "Bars that were played and like others of the data set.",
            data.novelty()::knownBars)
        .gauge("pairs", "Pairs that musicians taught and kept.", () -> data.pairs().count())
        .gauge(
            "free.bytes",
            "Room left where the data directory lies, in bytes.",
            () -> DiskRoom.bytes(Path.of(config.dataDir())));
  }

  private void showFits(MeterRegistry registry) {
    new MetricsTable(registry, "training.")
        .counter("fits.done", "Fits that made a mapping.", () -> fits.ended(FitQueue.Fate.DONE))
        .counter(
            "fits.failed", "Fits that came to nothing.", () -> fits.ended(FitQueue.Fate.FAILED))
        .counter(
            "fits.replaced",
            "Fits whose performer asked for a newer one.",
            () -> fits.ended(FitQueue.Fate.REPLACED))
        .counter(
            "fits.cancelled",
            "Fits whose caller went away.",
            () -> fits.ended(FitQueue.Fate.CANCELLED))
        .counter(
            "fits.refused",
            "Fits without pairs, or without room in the line.",
            () -> fits.ended(FitQueue.Fate.REFUSED))
        .gauge("fits.waiting", "Fits that wait for their turn.", fits::waiting)
        .gauge("fit.seconds", "What the last fit has taken.", fits::seconds);
  }

  private void showJobs(MeterRegistry registry) {
    new MetricsTable(registry, "training.")
        .gauge("jobs.queued", "Jobs that wait.", () -> jobs.count(Job.State.QUEUED))
        .gauge("jobs.running", "Jobs that run now.", () -> jobs.count(Job.State.RUNNING))
        .gauge(
            "jobs.done",
            "Jobs that made a version, of those that are remembered.",
            () -> jobs.count(Job.State.DONE))
        .gauge(
            "jobs.failed",
            "Jobs that failed, of those that are remembered.",
            () -> jobs.count(Job.State.FAILED))
        .gauge(
            "jobs.cancelled",
            "Jobs that were cancelled, of those that are remembered.",
            () -> jobs.count(Job.State.CANCELLED))
        .gauge("jobs.watchers", "Streams on which jobs are watched now.", jobs::watchers)
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
    return jobs.list(Set.of(Job.State.RUNNING)).stream().mapToLong(Job::peakBytes).max().orElse(0);
  }

  private double count() {
    return versions.store().models().stream()
        .mapToInt(model -> versions.store().list(model).size())
        .sum();
  }
}
