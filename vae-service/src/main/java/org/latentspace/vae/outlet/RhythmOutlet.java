package org.latentspace.vae.outlet;

import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
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
import org.latentspace.wire.RefusalLog;
import org.latentspace.wire.StageMeter;
import org.latentspace.wire.UnixClock;

/** Hands rhythms on to midi-gateway, never waits for it, and measures this stage. */
public final class RhythmOutlet implements AutoCloseable {
  /** Folder name of the service, as the echo says it. */
  public static final String STAGE = "vae-service";

  private final EchoRouter echoes;
  private final ActiveModel activeModel;
  private final Performers performers;
  private final VersionFollower versions;
  private final LiveOutlet<Rhythm, Echo> gateway;
  private final StageMeter stage = new StageMeter(STAGE);
  private final RefusalLog faults = new RefusalLog(Logger.getLogger(RhythmOutlet.class), "point");
  private final LongAdder passed = new LongAdder();
  private final LongAdder decoded = new LongAdder();
  private final LongAdder repeated = new LongAdder();

  /** Calls nobody yet. */
  public RhythmOutlet(
      String host,
      int port,
      EchoRouter echoes,
      ActiveModel activeModel,
      Performers performers,
      VersionFollower versions) {
    this.echoes = echoes;
    this.activeModel = activeModel;
    this.performers = performers;
    this.versions = versions;
    gateway =
        new LiveOutlet<>(
            "midi-gateway",
            host,
            port,
            MidiGatewayGrpc.getPlayMethod(),
            Rhythm::getOrigin,
            echoes::send,
            stage::dropped);
    echoes.describe(this::status);
  }

  /** Calls midi-gateway, and again whenever it is gone. */
  public void open() {
    gateway.start();
  }

  /**
   * Hands a rhythm on.
   *
   * @return false when it waits for midi-gateway and may be dropped for a newer one
   */
  public boolean send(DecodedRhythm decodedRhythm, long arrivedNanos) {
    Rhythm rhythm = RhythmWire.write(decodedRhythm);
    boolean lossless = decodedRhythm.origin().lossless();
    boolean sent = lossless ? gateway.offerLossless(rhythm) : gateway.offer(rhythm);
    (decodedRhythm.decoded() ? decoded : repeated).increment();
    stage.took(System.nanoTime() - arrivedNanos);
    if (!lossless) {
      long since = UnixClock.nanos() - decodedRhythm.origin().capturedNanos();
      stage.sinceCapture(decodedRhythm.origin().performer(), since);
    }
    if (!sent && !gateway.isConnected()) {
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

  /** A point that found a fault in this program: counted, logged, and echoed without a rhythm. */
  public void fail(Origin origin, Exception fault) {
    stage.refused();
    faults.tell(origin.performer(), fault.toString());
    pass(origin);
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

  /** The stream to midi-gateway: what it counts, and its status. */
  public LiveOutlet<?, ?> gateway() {
    return gateway;
  }

  /** Status of this stage for the echo. */
  private StageStatus status() {
    boolean silent = activeModel.playing() == null;
    String room = performers.status(System.nanoTime());
    String own = room.equals("ok") ? versions.status() : room;
    String status = gateway.isConnected() ? own : gateway.status();
    stage.status(silent ? "no model: load one with LoadModel" : status);
    return stage.stageStatus().toBuilder().setSent(gateway.sent()).build();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
