package org.latentspace.audio;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.latentspace.audio.outlet.FeatureOutlet;
import org.latentspace.audio.sound.Performer;

/** Ready while feature-service is there and every performer's source gives sound or has ended. */
@Readiness
@ApplicationScoped
public class AudioReadiness implements HealthCheck {
  private final AudioFlow flow;
  private final FeatureOutlet features;

  @Inject
  public AudioReadiness(AudioFlow flow, FeatureOutlet features) {
    this.flow = flow;
    this.features = features;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("audio-service");
    boolean ready = features.connected();
    answer.withData("feature-service", features.neighbourStatus());
    for (Performer performer : flow.performers()) {
      ready &= performer.status().ok();
      answer.withData(performer.name(), performer.state());
    }
    return answer.status(ready).build();
  }
}
