package org.latentspace.vae.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.latentspace.proto.Echo;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.StageStatus;
import org.latentspace.vae.VaeEchoes;
import org.latentspace.vae.VaeMeter;
import org.latentspace.vae.VaeWire;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.playing.Performers;
import org.latentspace.vae.time.Origin;
import org.latentspace.vae.versions.VersionFollower;
import org.latentspace.wire.LiveOutlet;
import org.latentspace.wire.UnixClock;

/** Hands rhythms on to midi-gateway, never waits for it, and measures this stage. */
@ApplicationScoped
public class RhythmOutlet {
  private static final String NOT_CALLED = "midi-gateway not called yet";

  @Inject VaeEchoes echoes;
  @Inject VaeMeter meter;
  @Inject ActiveModel activeModel;
  @Inject Performers performers;
  @Inject VersionFollower versions;

  // Null until open, which a point may precede.
  private volatile LiveOutlet<Rhythm, Echo> gateway;

  /** Calls midi-gateway, and again whenever it is gone. */
  public void open(String host, int port) {
    LiveOutlet<Rhythm, Echo> outlet =
        new LiveOutlet<>(
            "midi-gateway",
            host,
            port,
            (channel, echo) ->
                MidiGatewayGrpc.newStub(channel)
                    .withOnReadyThreshold(LiveOutlet.READY_THRESHOLD_BYTES)
                    .play(echo),
            echoes::hand);
    gateway = outlet;
    echoes.describe(this::status);
    outlet.start();
  }

  /**
   * Hands a rhythm on.
   *
   * @return false when it waits for midi-gateway and may be dropped for a newer one
   */
  public boolean send(DecodedRhythm decodedRhythm, long arrivedNanos) {
    Rhythm rhythm = VaeWire.rhythm(decodedRhythm);
    boolean sent = offer(rhythm, decodedRhythm.origin().lossless());
    meter.played(decodedRhythm.decoded());
    meter.stage().took(System.nanoTime() - arrivedNanos);
    if (!decodedRhythm.origin().lossless()) {
      long since = UnixClock.nanos() - decodedRhythm.origin().capturedNanos();
      meter.stage().sinceCapture(decodedRhythm.origin().performer(), since);
    }
    if (!sent && !isConnected()) {
      // midi-gateway will send no echo, so this service answers, and its status says why.
      echoes.hand(Echo.newBuilder().setOrigin(rhythm.getOrigin()).setRhythm(rhythm).build());
    }
    return sent;
  }

  /** A point without a rhythm: only its echo is sent, for which a lossless sender waits. */
  public void pass(Origin origin) {
    meter.passed();
    echoes.hand(Echo.newBuilder().setOrigin(VaeWire.origin(origin)).build());
  }

  private boolean offer(Rhythm rhythm, boolean lossless) {
    LiveOutlet<Rhythm, Echo> outlet = gateway;
    if (outlet == null) {
      meter.stage().dropped();
      return false;
    }
    return lossless ? outlet.offerLossless(rhythm) : outlet.offer(rhythm);
  }

  public long sent() {
    return gateway == null ? 0 : gateway.sent();
  }

  public long dropped() {
    return meter.stage().droppedCount() + (gateway == null ? 0 : gateway.dropped());
  }

  public long redials() {
    return gateway == null ? 0 : gateway.redials();
  }

  public boolean isConnected() {
    return gateway != null && gateway.isConnected();
  }

  /** "ok", or what is wrong with midi-gateway. */
  public String gatewayStatus() {
    return gateway == null ? NOT_CALLED : gateway.weather();
  }

  /** Status of this stage for the echo. */
  private StageStatus status() {
    boolean silent = activeModel.playing() == null;
    String room = performers.status(System.nanoTime());
    String own = room.equals("ok") ? versions.status() : room;
    String status = isConnected() ? own : gatewayStatus();
    meter.stage().weather(silent ? "no model: load one with LoadModel" : status);
    return meter.stage().status(gateway.dropped()).toBuilder().setSent(sent()).build();
  }

  void close(@Observes ShutdownEvent end) {
    if (gateway != null) {
      gateway.close();
    }
  }
}
