package org.latentspace.training;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.latentspace.wire.DiskRoom;

/**
 * Ready while the data directory can be written, or made where it does not exist yet, and has room
 * for a model.
 */
@Readiness
@ApplicationScoped
public class TrainingReadiness implements HealthCheck {
  // A default model and its description; a job needs several times as much.
  private static final long LEAST_BYTES = 32 << 20;

  private final TrainingConfig config;

  @Inject
  public TrainingReadiness(TrainingConfig config) {
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    Path folder = Path.of(config.dataDir()).toAbsolutePath();
    String missing = DiskRoom.missing(folder, LEAST_BYTES);
    String room = missing.isEmpty() ? folder + " writable" : missing;
    return HealthCheckResponse.named("training-service")
        .withData("data-dir", room)
        .status(missing.isEmpty())
        .build();
  }
}
