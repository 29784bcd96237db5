package org.latentspace.training.jobs;

import java.nio.file.Files;
import java.nio.file.Path;

/** Plays a training-service that will be killed while one job runs and another one waits. */
public final class KilledService {
  static final String RUNNING = "job-bbbbbbbbbbb1";
  static final String QUEUED = "job-bbbbbbbbbbb2";

  private KilledService() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    JobFixture jobs = new JobFixture(folder);
    jobs.add(RUNNING, "first epoch 1", "first await-cancel", "epoch 2", "done");
    jobs.add(QUEUED, "done");
    jobs.runner.begin(1);
    jobs.awaitEpoch(RUNNING, 1);
    Files.writeString(folder.resolve("running"), "yes");
    System.in.read();
  }
}
