package org.latentspace.vae;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.outlet.RhythmOutlet;
import org.latentspace.vae.playing.Performers;
import org.latentspace.vae.versions.VersionFollower;

/** Ready while a model plays, midi-gateway takes rhythms and every performer finds room. */
@Readiness
@ApplicationScoped
public class VaeReadiness implements HealthCheck {
  @Inject ActiveModel activeModel;
  @Inject RhythmOutlet rhythms;
  @Inject VersionFollower versions;
  @Inject Performers performers;

  @Override
  public HealthCheckResponse call() {
    ActiveModel.Playing playing = activeModel.playing();
    String room = performers.status(System.nanoTime());
    return HealthCheckResponse.named(RhythmOutlet.STAGE)
        .status(playing != null && rhythms.gateway().isConnected() && room.equals("ok"))
        .withData("model", playing == null ? "none" : playing.model().version())
        .withData("version", versions.status())
        .withData("room", room)
        .withData("midi-gateway", rhythms.gateway().status())
        .build();
  }
}
