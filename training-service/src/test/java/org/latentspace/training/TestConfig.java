package org.latentspace.training;

/** A configuration for tests that boot nothing. */
record TestConfig(String dataDir, int workerHeapMb, int workerNativeMb, int workerNice)
    implements TestDataConfig, TestJobConfig, TestFitConfig {
  @Override
  public java.util.Optional<String> nativeDir() {
    return java.util.Optional.empty();
  }

  static TestConfig in(String folder) {
    return new TestConfig(folder, 256, 400, 15);
  }
}
