package org.latentspace.vae.outlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.concurrent.atomic.LongAdder;
import org.latentspace.performer.Origin;
import org.latentspace.proto.Echo;
import org.latentspace.proto.MidiGatewayGrpc;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.StageStatus;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.playing.Performers;
import org.latentspace.vae.versions.VersionFollower;
import org.latentspace.vae.wire.RhythmWire;
import org.latentspace.wire.EchoRouter;
import org.latentspace.wire.LiveOutlet;
import org.latentspace.wire.OriginWire;
import org.latentspace.wire.StageMeter;
import org.latentspace.wire.UnixClock;

/** Hands rhythms on to midi-gateway, never waits for it, and measures this stage. */
@ApplicationScoped
public class RhythmOutlet {
  /** Folder name of the service, as the echo says it. */
  public static final String STAGE = "vae-service";

  private static final String NOT_CALLED = "midi-gateway not called yet";

  @Inject
  @Named(STAGE)
  EchoRouter echoes;

  @Inject ActiveModel activeModel;
  @Inject Performers performers;
  @Inject VersionFollower versions;

  private final StageMeter stage = new StageMeter(STAGE);
  private final LongAdder passed = new LongAdder();
  private final LongAdder decoded = new LongAdder();
  private final LongAdder repeated = new LongAdder();

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
            echoes::send);
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
    Rhythm rhythm = RhythmWire.write(decodedRhythm);
    boolean sent = offer(rhythm, decodedRhythm.origin().lossless());
    (decodedRhythm.decoded() ? decoded : repeated).increment();
    stage.took(System.nanoTime() - arrivedNanos);
    if (!decodedRhythm.origin().lossless()) {
      long since = UnixClock.nanos() - decodedRhythm.origin().capturedNanos();
      stage.sinceCapture(decodedRhythm.origin().performer(), since);
    }
    if (!sent && !isConnected()) {
      // midi-gateway will send no echo, so this service answers, and its status says why.
      echoes.send(Echo.newBuilder().setOrigin(rhythm.getOrigin()).setRhythm(rhythm).build());
    }
    return sent;
  }

  /** A point without a rhythm: only its echo is sent, for which a lossless sender waits. */
  public void pass(Origin origin) {
    passed.increment();
    echoes.send(Echo.newBuilder().setOrigin(OriginWire.write(origin)).build());
  }

  private boolean offer(Rhythm rhythm, boolean lossless) {
    LiveOutlet<Rhythm, Echo> outlet = gateway;
    if (outlet == null) {
      stage.dropped();
      return false;
    }
    return lossless ? outlet.offerLossless(rhythm) : outlet.offer(rhythm);
  }

  /** What every stage measures. */
  public StageMeter stage() {
    return stage;
  }

  /** Points without a rhythm. */
  public long passed() {
    return passed.sum();
  }

  /** Rhythms that were decoded for their point. */
  public long decoded() {
    return decoded.sum();
  }

  /** Rhythms that were those before once more. */
  public long repeated() {
    return repeated.sum();
  }

  public long sent() {
    return gateway == null ? 0 : gateway.sent();
  }

  public long dropped() {
    return stage.droppedCount() + (gateway == null ? 0 : gateway.dropped());
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
    stage.weather(silent ? "no model: load one with LoadModel" : status);
    return stage.status(gateway.dropped()).toBuilder().setSent(sent()).build();
  }

  void close(@Observes ShutdownEvent end) {
    if (gateway != null) {
      gateway.close();
    }
  }
}
