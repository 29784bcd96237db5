package org.latentspace.explorer.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
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
  // Null until open, which a frame may precede.
  private volatile LiveOutlet<LatentPoint, Echo> vaeService;

  @Inject ExplorerEchoes echoes;
  @Inject Performers performers;

  /** Calls vae-service, and again whenever it is gone. */
  public void open(String host, int port) {
    LiveOutlet<LatentPoint, Echo> outlet =
        new LiveOutlet<>(
            "vae-service",
            host,
            port,
            (channel, echo) ->
                VaeServiceGrpc.newStub(channel)
                    .withOnReadyThreshold(LiveOutlet.READY_THRESHOLD_BYTES)
                    .play(echo),
            echoes::returned);
    vaeService = outlet;
    echoes.describe(this::stageStatus, this::status);
    outlet.start();
  }

  /**
   * Hands a place on.
   *
   * @return false when it waits for vae-service and may be dropped for a newer one
   */
  public boolean send(Origin origin, Place place) {
    LiveOutlet<LatentPoint, Echo> outlet = vaeService;
    if (outlet == null) {
      echoes.stage().dropped();
      return false;
    }
    LatentPoint point = ExplorerWire.point(origin, place);
    return origin.lossless() ? outlet.offerLossless(point) : outlet.offer(point);
  }

  public long sentCount() {
    return vaeService == null ? 0 : vaeService.sent();
  }

  public long droppedCount() {
    return echoes.stage().droppedCount() + (vaeService == null ? 0 : vaeService.dropped());
  }

  public long redials() {
    return vaeService == null ? 0 : vaeService.redials();
  }

  public boolean isConnected() {
    return vaeService != null && vaeService.isConnected();
  }

  /** "ok", or what is wrong with vae-service. */
  public String status() {
    return vaeService == null ? "vae-service not called yet" : vaeService.status();
  }

  /** What this stage says of itself. */
  private StageStatus stageStatus() {
    String room = performers.status(System.nanoTime());
    echoes.stage().status(status().equals("ok") ? room : status());
    return echoes.stage().stageStatus(vaeService.dropped()).toBuilder()
        .setSent(vaeService.sent())
        .build();
  }

  void close(@Observes ShutdownEvent end) {
    if (vaeService != null) {
      vaeService.close();
    }
  }
}
