package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.latentspace.explorer.outlet.PointOutlet;

/** Ready while vae-service takes points; shows how what is taught is stored, too. */
@Readiness
@ApplicationScoped
public class ExplorerReadiness implements HealthCheck {
  @Inject PointOutlet points;
  @Inject TeachingFlow teaching;
  @Inject WekinatorMeter wekinator;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("explorer-service")
        .status(points.isConnected())
        .withData("vae-service", points.weather())
        .withData("pairs", teaching.weather())
        .withData("wekinator", wekinator.weather())
        .build();
  }
}
