package org.latentspace.explorer.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.latentspace.explorer.ExplorerConfig;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.explorer.wire.ExplorerWire;
import org.latentspace.performer.Origin;
import org.latentspace.proto.Echo;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.StageStatus;
import org.latentspace.proto.VaeServiceGrpc;
import org.latentspace.wire.LiveOutlet;

/** Hands points on to vae-service and never waits for it. */
@ApplicationScoped
public class PointOutlet {
  private final LiveOutlet<LatentPoint, Echo> vaeService;
  private final ExplorerEchoes echoes;
  private final Performers performers;

  /** Calls nobody yet. */
  @Inject
  public PointOutlet(ExplorerConfig config, ExplorerEchoes echoes, Performers performers) {
    this.echoes = echoes;
    this.performers = performers;
    vaeService =
        new LiveOutlet<>(
            "vae-service",
            config.vaeService().host(),
            config.vaeService().port(),
            (channel, echo) ->
                VaeServiceGrpc.newStub(channel)
                    .withOnReadyThreshold(LiveOutlet.READY_THRESHOLD_BYTES)
                    .play(echo),
            LatentPoint::getOrigin,
            echoes::returned,
            echoes.stage()::dropped);
    echoes.describe(this::stageStatus, vaeService::status);
  }

  /** Calls vae-service, and again whenever it is gone. */
  public void open() {
    vaeService.start();
  }

  /** The line to vae-service: what it sent and dropped, and how it is. */
  public LiveOutlet<LatentPoint, Echo> vaeService() {
    return vaeService;
  }

  /**
   * Hands a place on.
   *
   * @return false when it waits for vae-service and may be dropped for a newer one
   */
  public boolean send(Origin origin, Place place) {
    LatentPoint point = ExplorerWire.point(origin, place);
    return origin.lossless() ? vaeService.offerLossless(point) : vaeService.offer(point);
  }

  /** What this stage says of itself. */
  private StageStatus stageStatus() {
    String room = performers.status(System.nanoTime());
    String status = vaeService.status();
    echoes.stage().status(status.equals("ok") ? room : status);
    return echoes.stage().stageStatus().toBuilder().setSent(vaeService.sent()).build();
  }

  void close(@Observes ShutdownEvent end) {
    vaeService.close();
  }
}
