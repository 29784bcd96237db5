package org.latentspace.training.jobs;

import io.smallrye.config.WithDefault;

/** What can be set of jobs and versions. */
public interface JobConfig {
  /** Java heap of a training worker, 64..16384 MB. */
  @WithDefault("256")
  int workerHeapMb();

  /** Native memory of a training worker, 200..65536 MB. */
  @WithDefault("400")
  int workerNativeMb();

  /** How far a training worker stands back for the music, 0..19 (nice). */
  @WithDefault("15")
  int workerNice();

  /** Threads that compute in a training worker, 1..64; any number gives the same model. */
  @WithDefault("1")
  int workerThreads();

  /** Jobs that run at the same time, each in a worker of its own, 1..4. */
  @WithDefault("1")
  int parallelJobs();

  /** Jobs that may wait, 1..1000. */
  @WithDefault("100")
  int queuedJobs();

  /** Cancelled and failed jobs whose files are kept, so that they can be resumed, 0..1000. */
  @WithDefault("20")
  int resumableJobs();

  /** How long a cancelled worker may take to end before it is killed, 100..60000 ms. */
  @WithDefault("5000")
  int cancelMs();

  /** Epochs between two checkpoints, from which a job goes on after a crash, 1..10000. */
  @WithDefault("10")
  int checkpointEpochs();

  /** When jobs are queued without anybody asking. */
  Policy policy();

  /** When jobs are queued without anybody asking. */
  interface Policy {
    /** New bars, recorded or imported, that queue a job, 0..1000000; 0 = never. */
    @WithDefault("0")
    int newBars();

    /** Hyper-parameters of such a job: the name of a preset. */
    @WithDefault("six-robots")
    String preset();

    /** Line of versions that such a job adds to. */
    @WithDefault("rhythm")
    String model();

    /** Kit that such a job reads the data with. */
    @WithDefault("six-robots")
    String kit();
  }
}
