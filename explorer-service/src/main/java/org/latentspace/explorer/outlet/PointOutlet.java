package org.latentspace.explorer.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.latentspace.explorer.heard.Origin;
import org.latentspace.explorer.place.Place;
import org.latentspace.proto.Echo;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.StageStatus;
import org.latentspace.proto.VaeServiceGrpc;
import org.latentspace.wire.LiveOutlet;
import org.latentspace.wire.StageMeter;
import org.latentspace.wire.UnixClock;

/** Hands points on to vae-service, never waits for it, and measures this stage. */
@ApplicationScoped
public class PointOutlet {
  private final StageMeter meter = new StageMeter(Echoes.STAGE);
  // Null until open, which a frame may precede.
  private volatile LiveOutlet<LatentPoint, Echo> vaeService;

  @Inject Echoes echoes;

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
    echoes.describe(this::status, this::weather);
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
      meter.dropped();
      return false;
    }
    LatentPoint point = Encoding.point(origin, place);
    return origin.lossless() ? outlet.offerLossless(point) : outlet.offer(point);
  }

  /** Measures a frame whose work is done. */
  public void took(Origin origin, long arrivedNanos) {
    meter.took(System.nanoTime() - arrivedNanos);
    if (!origin.lossless()) {
      meter.sinceCapture(UnixClock.nanos() - origin.capturedNanos());
    }
  }

  /** A frame has arrived. */
  public void received() {
    meter.received();
  }

  /** A frame was bad, or there was no room for its performer. */
  public void refused() {
    meter.refused();
  }

  public long receivedCount() {
    return meter.receivedCount();
  }

  public long refusedCount() {
    return meter.refusedCount();
  }

  public long sentCount() {
    return vaeService == null ? 0 : vaeService.sent();
  }

  public long droppedCount() {
    return meter.droppedCount() + (vaeService == null ? 0 : vaeService.dropped());
  }

  public long redials() {
    return vaeService == null ? 0 : vaeService.redials();
  }

  public boolean isConnected() {
    return vaeService != null && vaeService.isConnected();
  }

  /** "ok", or what is wrong with vae-service. */
  public String weather() {
    return vaeService == null ? "vae-service not called yet" : vaeService.weather();
  }

  /** What this stage says of itself. */
  private StageStatus status() {
    meter.weather(weather());
    return meter.status(vaeService.dropped()).toBuilder().setSent(vaeService.sent()).build();
  }

  void close(@Observes ShutdownEvent end) {
    if (vaeService != null) {
      vaeService.close();
    }
  }
}
