package org.latentspace.training;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the data directory can be written, or made where it does not exist yet. */
@Readiness
@ApplicationScoped
public class TrainingReadiness implements HealthCheck {
  private final TrainingConfig config;

  @Inject
  public TrainingReadiness(TrainingConfig config) {
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    Path folder = Path.of(config.dataDir()).toAbsolutePath();
    boolean ready = writable(folder);
    return HealthCheckResponse.named("training-service")
        .withData("data-dir", folder + (ready ? " writable" : " cannot be written"))
        .status(ready)
        .build();
  }

  private static boolean writable(Path folder) {
    Path existing = folder;
    while (existing != null && Files.notExists(existing)) {
      existing = existing.getParent();
    }
    return existing != null && Files.isDirectory(existing) && Files.isWritable(existing);
  }
}
