package org.latentspace.training;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What can be set of training-service; checked by {@link TrainingStart} at the start. */
@StaticInitSafe
@ConfigMapping(prefix = "training-service")
public interface TrainingConfig extends DataConfig {
  /** Folder for data sets and models; need not exist, but must be writable. */
  @WithDefault("data/training")
  String dataDir();

  /** Java heap of a training worker, 64..16384 MB. */
  @WithDefault("256")
  int workerHeapMb();

  /** Native memory of a training worker, 200..65536 MB. */
  @WithDefault("400")
  int workerNativeMb();

  /** How far a training worker stands back for the music, 0..19 (nice). */
  @WithDefault("15")
  int workerNice();
}
