package org.latentspace.kept;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows how the kept things are. It is always up: without a broker the music goes on and nothing is
 * lost, so nobody should take a service out of play for it. Whoever cannot do its work without the
 * log says so in its own readiness.
 */
@Readiness
@ApplicationScoped
public class KeptReadiness implements HealthCheck {
  @Inject KeptOutlets outlets;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("kept").up();
    for (KeptOutlet outlet : outlets.all()) {
      response.withData(outlet.topic().topicName(), outlet.status());
      response.withData(outlet.topic().topicName() + " waiting", outlet.waiting());
      if (!outlet.sentAgain().isEmpty()) {
        response.withData(outlet.topic().topicName() + " lost", outlet.sentAgain());
      }
    }
    String log = outlets.status();
    return (log.isEmpty() ? response : response.withData("log", log)).build();
  }
}
