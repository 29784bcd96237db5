package org.latentspace.training.jobs;

import java.nio.file.Path;
import java.util.Set;
import org.latentspace.training.storage.StoredFile;

/**
 * The automatic policy: so many new bars since the last automatic job are worth another one. There
 * is never more than one automatic job waiting or running.
 */
public final class NewBarsTrigger {
  private final Path file;
  private final int wanted;

  /**
   * @param file remembers how many bars there were at the last automatic job
   * @param wanted new bars that are worth a job; 0: never
   */
  public NewBarsTrigger(Path file, int wanted) {
    this.file = file;
    this.wanted = wanted;
  }

  public boolean on() {
    return wanted > 0;
  }

  /** Whether there are enough new bars, and no automatic job is on its way. */
  public boolean due(long bars, JobQueue queue) {
    long last = StoredFile.readNumber(file);
    if (bars < last) {
      // Some were deleted: what comes from now on is new.
      remember(bars);
    }
    return on()
        && bars - Math.min(last, bars) >= wanted
        && queue.list(Set.of(JobState.QUEUED, JobState.RUNNING)).stream()
            .noneMatch(job -> job.ask().automatic());
  }

  /** An automatic job has these bars; also one that could not be queued, so that none is urged. */
  public void remember(long bars) {
    StoredFile.writeNumber(file, bars);
  }
}
