package org.latentspace.training.data;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the data set can be read and written; tries to open it where it is not. */
@Readiness
@ApplicationScoped
public class DataReadiness implements HealthCheck {
  private final DataFlow flow;

  @Inject
  public DataReadiness(DataFlow flow) {
    this.flow = flow;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      flow.rhythms().open();
    } catch (UncheckedIOException disk) {
      // The store says it itself, and goes on saying it until the disk is back.
    }
    String status = flow.rhythms().status();
    return HealthCheckResponse.named("training-service data set")
        .withData("status", status)
        .status(status.equals("ok"))
        .build();
  }
}
