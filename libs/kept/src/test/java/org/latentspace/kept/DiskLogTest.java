package org.latentspace.kept;

/** The log on this machine's disk keeps what every log keeps. */
class DiskLogTest extends KeptLogContract {
  @Override
  protected KeptLog open() {
    return new DiskLog(folder.resolve("log"));
  }

  @Override
  protected void empty() {
    // Every test has a folder of its own.
  }
}
