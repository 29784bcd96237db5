package org.latentspace.training.jobs;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.latentspace.training.storage.NoRoom;
import org.latentspace.training.storage.StoredFile;

/**
 * The automatic policy: so many new bars since the last automatic job are worth another one. There
 * is never more than one automatic job waiting or running.
 */
final class AutomaticJobs {
  private static final Logger LOG = Logger.getLogger(AutomaticJobs.class);

  private final Path file;
  private final int wanted;
  private final LongSupplier bars;
  private final JobQueue queue;
  private final Supplier<Job> submit;

  /**
   * @param file remembers how many bars there were at the last automatic job
   * @param wanted new bars that are worth a job; 0: never
   * @param bars of all that was recorded or imported
   * @param submit queues a job, as {@link JobSubmission#submit} does
   */
  AutomaticJobs(Path file, int wanted, LongSupplier bars, JobQueue queue, Supplier<Job> submit) {
    this.file = file;
    this.wanted = wanted;
    this.bars = bars;
    this.queue = queue;
    this.submit = submit;
  }

  void submitWhenDue() {
    if (wanted == 0) {
      return;
    }
    long now = bars.getAsLong();
    long last = StoredFile.readNumber(file);
    if (now < last) {
      // Some were deleted: what comes from now on is new.
      StoredFile.writeNumber(file, now);
    }
    if (now - last < wanted || anyOnItsWay()) {
      return;
    }
    try {
      LOG.infof("%s queued: enough new bars", submit.get().id());
    } catch (NoRoom later) {
      // The next try comes in a few seconds.
      return;
    } catch (IllegalArgumentException | IllegalStateException cannot) {
      // Asking again before there is more to learn from would only fill the log.
      LOG.warn("no automatic training job: " + cannot.getMessage());
    }
    StoredFile.writeNumber(file, now);
  }

  private boolean anyOnItsWay() {
    return queue.list(Set.of(Job.State.QUEUED, Job.State.RUNNING)).stream()
        .anyMatch(job -> job.ask().automatic());
  }
}
