package org.latentspace.vae;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.latentspace.vae.model.ModelStand;
import org.latentspace.vae.outlet.RhythmOutlet;
import org.latentspace.vae.versions.Versions;

/** Ready while a model plays and midi-gateway takes rhythms. */
@Readiness
@ApplicationScoped
public class VaeReadiness implements HealthCheck {
  @Inject ModelStand stand;
  @Inject RhythmOutlet rhythms;
  @Inject Versions versions;

  @Override
  public HealthCheckResponse call() {
    ModelStand.Playing playing = stand.playing();
    return HealthCheckResponse.named(VaeMeter.STAGE)
        .status(playing != null && rhythms.isConnected())
        .withData("model", playing == null ? "none" : playing.model().version())
        .withData("version", versions.weather())
        .withData("midi-gateway", rhythms.gatewayWeather())
        .build();
  }
}
