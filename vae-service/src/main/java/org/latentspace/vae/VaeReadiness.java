package org.latentspace.vae;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.latentspace.vae.model.ModelStand;
import org.latentspace.vae.outlet.RhythmOutlet;
import org.latentspace.vae.playing.Performers;
import org.latentspace.vae.versions.Versions;

/** Ready while a model plays, midi-gateway takes rhythms and every performer finds room. */
@Readiness
@ApplicationScoped
public class VaeReadiness implements HealthCheck {
  @Inject ModelStand stand;
  @Inject RhythmOutlet rhythms;
  @Inject Versions versions;
  @Inject Performers performers;

  @Override
  public HealthCheckResponse call() {
    ModelStand.Playing playing = stand.playing();
    String room = performers.weather(System.nanoTime());
    return HealthCheckResponse.named(VaeMeter.STAGE)
        .status(playing != null && rhythms.isConnected() && room.equals("ok"))
        .withData("model", playing == null ? "none" : playing.model().version())
        .withData("version", versions.weather())
        .withData("room", room)
        .withData("midi-gateway", rhythms.gatewayWeather())
        .build();
  }
}
