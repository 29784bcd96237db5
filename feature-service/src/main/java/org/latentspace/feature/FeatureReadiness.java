package org.latentspace.feature;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.outlet.ExplorerOutlet;

/**
 * Ready while explorer-service is there to hear what was heard, and every performer finds room;
 * shows the door for OSC, too.
 */
@Readiness
@ApplicationScoped
public class FeatureReadiness implements HealthCheck {
  private final FeatureFlow flow;
  private final Listeners listeners;
  private final ExplorerOutlet explorer;

  @Inject
  public FeatureReadiness(FeatureFlow flow, Listeners listeners, ExplorerOutlet explorer) {
    this.flow = flow;
    this.listeners = listeners;
    this.explorer = explorer;
  }

  @Override
  public HealthCheckResponse call() {
    long now = System.nanoTime();
    String room = listeners.status(now);
    return HealthCheckResponse.named("feature-service")
        .status(explorer.stream().isConnected() && room.equals("ok"))
        .withData("explorer-service", explorer.stream().status())
        .withData("room", room)
        .withData("performers", listeners.size(now))
        .withData("osc", flow.osc())
        .build();
  }
}
