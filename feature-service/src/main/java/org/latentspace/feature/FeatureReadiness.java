package org.latentspace.feature;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while explorer-service is there to hear what was heard. */
@Readiness
@ApplicationScoped
public class FeatureReadiness implements HealthCheck {
  private final FeatureFlow flow;

  @Inject
  public FeatureReadiness(FeatureFlow flow) {
    this.flow = flow;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("feature-service")
        .status(flow.neighbourThere())
        .withData("explorer-service", flow.weather())
        .withData("performers", flow.performers())
        .build();
  }
}
