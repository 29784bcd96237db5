package org.latentspace.training.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.latentspace.training.storage.NoRoom;
import org.latentspace.training.storage.StoredFile;

/**
 * The automatic policy: so many new bars since the last automatic job are worth another one. There
 * is never more than one automatic job waiting or running.
 */
public final class AutomaticJobs {
  /** Most new bars that may be asked for. */
  public static final int MOST_BARS = 1_000_000;

  private static final Logger LOG = Logger.getLogger(AutomaticJobs.class);

  private final Path last;
  private final Path chosen;
  private final LongSupplier bars;
  private final JobQueue queue;
  private final LongFunction<Job> submit;
  private volatile int wanted;
  private volatile String refusal = "";

  /**
   * How the policy stands.
   *
   * @param wanted new bars that are worth a job; 0: never
   * @param since new bars since the last automatic job
   * @param job the automatic job that waits or runs; empty: none
   * @param status "ok", or why the last job that was due was not queued
   */
  public record State(int wanted, long since, String job, String status) {}

  /**
   * @param folder remembers how many bars there were at the last automatic job, and how many new
   *     ones somebody has asked for while it ran
   * @param configured new bars that are worth a job where nobody has; 0: never
   * @param bars of all that was recorded or imported, those that were known left out
   * @param submit queues a job for so many new bars, as {@link JobSubmission#submit} does
   */
  AutomaticJobs(
      Path folder, int configured, LongSupplier bars, JobQueue queue, LongFunction<Job> submit) {
    this.last = folder.resolve("last-automatic");
    this.chosen = folder.resolve("policy-new-bars");
    this.bars = bars;
    this.queue = queue;
    this.submit = submit;
    wanted = Files.exists(chosen) ? (int) StoredFile.readNumber(chosen) : configured;
  }

  /** So many new bars are worth a job from now on, over restarts, too; 0: never. */
  public synchronized void want(int newBars) {
    if (newBars < 0 || newBars > MOST_BARS) {
      throw new IllegalArgumentException(
          "new_bars is " + Integer.toUnsignedString(newBars) + ", must be 0.." + MOST_BARS);
    }
    StoredFile.writeNumber(chosen, newBars);
    wanted = newBars;
  }

  /** How it stands. */
  public synchronized State state() {
    long since = Math.max(0, bars.getAsLong() - StoredFile.readNumber(last));
    return new State(wanted, since, onItsWay(), refusal.isEmpty() ? "ok" : refusal);
  }

  synchronized void submitWhenDue() {
    if (wanted == 0) {
      return;
    }
    long now = bars.getAsLong();
    long before = StoredFile.readNumber(last);
    if (now < before) {
      // Some were deleted: what comes from now on is new.
      StoredFile.writeNumber(last, now);
    }
    if (now - before < wanted || !onItsWay().isEmpty()) {
      return;
    }
    try {
      LOG.infof("%s queued: enough new bars", submit.apply(now - before).id());
      refusal = "";
    } catch (NoRoom later) {
      // The next try comes in a few seconds.
      refusal = later.getMessage();
      return;
    } catch (IllegalArgumentException | IllegalStateException cannot) {
      // Asking again before there is more to learn from would only fill the log.
      refusal = cannot.getMessage();
      LOG.warn("no automatic training job: " + refusal);
    }
    StoredFile.writeNumber(last, now);
  }

  private String onItsWay() {
    return queue.list(Set.of(Job.State.QUEUED, Job.State.RUNNING)).stream()
        .filter(job -> job.ask().automatic())
        .map(Job::id)
        .findFirst()
        .orElse("");
  }
}
