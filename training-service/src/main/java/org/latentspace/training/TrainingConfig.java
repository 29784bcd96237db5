package org.latentspace.training;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import org.latentspace.training.data.DataConfig;
import org.latentspace.training.fit.FitConfig;
import org.latentspace.training.jobs.JobConfig;

/** What can be set of training-service; checked by {@link TrainingStart} at the start. */
@StaticInitSafe
@ConfigMapping(prefix = "training-service")
public interface TrainingConfig extends DataConfig, JobConfig, FitConfig {
  /** Folder for Deeplearning4j's native libraries, 397 MB. Unset: JavaCPP's, ~/.javacpp/cache. */
  Optional<String> nativeDir();
}
