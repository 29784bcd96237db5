package org.latentspace.training;

import org.latentspace.training.data.TestDataConfig;
import org.latentspace.training.fit.TestFitConfig;
import org.latentspace.training.jobs.TestJobConfig;

/** A configuration for tests that boot nothing. */
public record TestConfig(String dataDir, int workerHeapMb, int workerNativeMb, int workerNice)
    implements TrainingConfig, TestDataConfig, TestJobConfig, TestFitConfig {
  @Override
  public java.util.Optional<String> nativeDir() {
    return java.util.Optional.empty();
  }

  public static TestConfig in(String folder) {
    return new TestConfig(folder, 256, 400, 15);
  }
}
