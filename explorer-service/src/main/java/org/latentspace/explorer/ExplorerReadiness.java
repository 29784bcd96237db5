package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.latentspace.explorer.outlet.PairDisk;
import org.latentspace.explorer.outlet.PointOutlet;
import org.latentspace.explorer.outlet.WekinatorOutlet;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.wire.NamedStatus;

/** Ready while vae-service takes points, performers find room and the disk takes pairs. */
@Readiness
@ApplicationScoped
public class ExplorerReadiness implements HealthCheck {
  @Inject PointOutlet points;
  @Inject Performers performers;
  @Inject PairDisk pairs;
  @Inject WekinatorOutlet wekinator;
  @Inject MappingFlow mappings;
  @Inject @Any Instance<NamedStatus> others;

  @Override
  public HealthCheckResponse call() {
    String room = performers.status(System.nanoTime());
    String disk = pairs.room();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("explorer-service")
            .status(points.vaeService().isConnected() && room.equals("ok") && disk.equals("ok"))
            .withData("vae-service", points.vaeService().status())
            .withData("room", room)
            .withData("pairs", disk.equals("ok") ? pairs.status() : disk)
            .withData("mappings", mappings.status())
            .withData("wekinator", wekinator.status());
    others.forEach(other -> response.withData(other.name(), other.status()));
    return response.build();
  }
}
