package org.latentspace.training.jobs;

/** The jobs' part of a configuration for tests, at its defaults. */
public interface TestJobConfig extends JobConfig {
  @Override
  default int workerThreads() {
    return 1;
  }

  @Override
  default int parallelJobs() {
    return 1;
  }

  @Override
  default int queuedJobs() {
    return 100;
  }

  @Override
  default int resumableJobs() {
    return 20;
  }

  @Override
  default int cancelMs() {
    return 5000;
  }

  @Override
  default int checkpointEpochs() {
    return 10;
  }

  @Override
  default Policy policy() {
    return new Policy() {
      @Override
      public int newBars() {
        return 0;
      }

      @Override
      public String preset() {
        return "six-robots";
      }

      @Override
      public String model() {
        return "rhythm";
      }

      @Override
      public String kit() {
        return "six-robots";
      }
    };
  }
}
