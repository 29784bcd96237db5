package org.latentspace.training.jobs;

import java.io.IOException;
import java.nio.file.Path;

/** Runs one job outside the process that plays. */
public interface Worker {

  /** Starts a worker on the files in a job's folder. */
  interface Agency {
    Worker start(String job, Path folder) throws IOException;
  }

  /** Progress callback, on the thread that called {@link #work}. */
  interface Listener {
    /**
     * An epoch has ended.
     *
     * @param epoch counted from 1
     * @param peakBytes largest resident memory so far; 0 where the system does not tell
     * @param report JSON: losses and times, named as in the contract's EpochReport
     */
    void heard(int epoch, long peakBytes, String report);
  }

  /**
   * How the work ended.
   *
   * @param state done, cancelled or failed
   * @param reason why it failed or ended early
   * @param seconds that it took; 0: not known
   */
  record Ending(Job.State state, String reason, double seconds) {}

  /** Waits for the end of the work. */
  Ending work(Listener listener) throws InterruptedException;

  /** Asks it to keep what it has learned and to end, and makes it end when it does not. */
  void cancel();
}
