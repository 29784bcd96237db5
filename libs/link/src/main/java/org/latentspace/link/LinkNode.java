package org.latentspace.link;

import java.net.InetSocketAddress;
import java.util.function.LongSupplier;
import org.latentspace.link.LinkPacket.Discovery;
import org.latentspace.link.LinkPacket.Ping;
import org.latentspace.link.LinkPacket.Pong;
import org.latentspace.link.Peers.Peer;

/**
 * One node of the protocol: whom it knows, which session it is in, and what it says when. Knows no
 * thread and no socket; time is an argument, in microseconds of this host's clock.
 *
 * <pre>
 *   discovery of another session --> measured --> lasted longer? --> joined: its ghost time,
 *                                                                    timeline, start and stop
 *   discovery of the same one ----> later beat origin? --> its timeline
 *                             ----> said later? ---------> its start or stop
 *   nobody is left ---------------> a new session, from the same beat on
 * </pre>
 *
 * Ghost time = host time + offset is the session's clock; it was 0 when the session was founded, so
 * the session with the greater one has lasted longer. Within half a second of each other the one
 * with the smaller number counts as the older.
 */
final class LinkNode {
  static final long MEASURE_AGAIN_MICROS = 10_000_000;
  static final long COMPARE_AGAIN_MICROS = 5_000_000;
  static final long SAME_AGE_MICROS = 500_000;
  private static final long TRY_AGAIN_MICROS = 1_000_000;
  private static final long BREATH_MICROS = 50_000;

  /** What carries the packets; fills in where this node may be measured. */
  interface Network {
    /** To everybody. */
    void announce(Discovery discovery);

    void send(LinkPacket packet, InetSocketAddress to);
  }

  private final boolean sharesStartStop;
  private final int ttlSeconds;
  private final LongSupplier numbers;
  private final Network network;
  private final Peers peers = new Peers();

  private long node;
  private long session;
  private Timeline timeline;
  private long offset;
  private long ownOffset;
  private StartStop startStop = StartStop.NEVER;
  private boolean playedBefore;
  private boolean inCompany;
  private Measurement measurement;
  private long measureMicros;
  private long announcedMicros;
  private boolean changed = true;

  /**
   * @param numbers gives nodes their numbers, any 64 bits
   */
  LinkNode(LinkSettings settings, LongSupplier numbers, Network network, long nowMicros) {
    this.sharesStartStop = settings.startStop();
    this.ttlSeconds = settings.ttlSeconds();
    this.numbers = numbers;
    this.network = network;
    ownOffset = Math.round(settings.offsetMillis() * 1000);
    timeline = new Timeline(Timeline.microsPerBeat(settings.bpm()), 0, 0);
    offset = -nowMicros;
    announcedMicros = nowMicros - BREATH_MICROS;
    measureMicros = nowMicros;
    node = numbers.getAsLong();
    session = node;
  }

  /** Takes what a peer has sent. */
  void receive(LinkPacket packet, InetSocketAddress from, long nowMicros) {
    if (packet instanceof Ping ping) {
      long ghost = nowMicros + offset;
      network.send(new Pong(session, ghost, ping.hostTime(), ping.previousGhost()), from);
    } else if (packet instanceof Pong pong) {
      answered(pong, from, nowMicros);
    } else if (packet instanceof Discovery discovery && discovery.node() != node) {
      if (discovery.kind() == LinkPacket.BYEBYE) {
        peers.remove(discovery.node());
      } else {
        discovered(discovery, from, nowMicros);
      }
    }
  }

  private void discovered(Discovery it, InetSocketAddress from, long nowMicros) {
    Peer peer = peers.heard(it, from, nowMicros);
    if (peer == null) {
      return;
    }
    if (it.kind() == LinkPacket.ALIVE) {
      network.send(says(LinkPacket.RESPONSE), from);
    }
    if (peer.session() == session) {
      inCompany = true;
      follow(peer, nowMicros);
    }
  }

  /** Takes over what a peer of the own session knows newer. */
  private void follow(Peer peer, long nowMicros) {
    if (peer.timeline().beatOrigin() > timeline.beatOrigin()) {
      timeline = peer.timeline();
      changed = true;
    }
    if (sharesStartStop && peer.startStop().saidAt() > startStop.saidAt()) {
      playedBefore = playsAt(nowMicros);
      startStop = peer.startStop();
      changed = true;
    }
  }

  private void answered(Pong pong, InetSocketAddress from, long nowMicros) {
    if (measurement == null || !measurement.take(pong, from, nowMicros)) {
      return;
    }
    if (measurement.isComplete()) {
      Measurement complete = measurement;
      measurement = null;
      measured(complete.session(), complete.offsetMicros(), nowMicros);
    } else {
      network.send(measurement.ping(pong.ghostTime(), nowMicros), measurement.peer());
    }
  }

  private void measured(long that, long itsOffset, long nowMicros) {
    long longer = itsOffset - offset;
    boolean older =
        Math.abs(longer) < SAME_AGE_MICROS ? Long.compareUnsigned(that, session) < 0 : longer > 0;
    if (that == session) {
      offset = itsOffset;
      measureMicros = nowMicros + MEASURE_AGAIN_MICROS;
    } else if (older) {
      join(that, itsOffset, nowMicros);
    } else {
      peers.measureLater(peer -> peer.session() == that, nowMicros + COMPARE_AGAIN_MICROS);
    }
  }

  private void join(long that, long itsOffset, long nowMicros) {
    Timeline newest = peers.timelineOf(that);
    StartStop said = peers.startStopOf(that);
    if (newest == null) {
      return;
    }
    playedBefore = playsAt(nowMicros);
    session = that;
    offset = itsOffset;
    timeline = newest;
    inCompany = true;
    boolean told = sharesStartStop && said.saidAt() != 0;
    startStop = told ? said : new StartStop(playedBefore, microbeatAt(nowMicros), 0);
    measureMicros = nowMicros + MEASURE_AGAIN_MICROS;
    changed = true;
  }

  /**
   * Does what is due: forgets silent peers, measures, tells of itself.
   *
   * @return when it is to be called again
   */
  long turn(long nowMicros) {
    peers.forgetSilent(nowMicros);
    if (inCompany && peers.in(session) == 0) {
      found(nowMicros);
    }
    if (measurement != null && measurement.dueMicros() <= nowMicros) {
      pingAgain(nowMicros);
    }
    if (measurement == null) {
      measureNext(nowMicros);
    }
    long due = announcedMicros + (changed ? BREATH_MICROS : 50_000L * ttlSeconds);
    if (due <= nowMicros) {
      announcedMicros = nowMicros;
      changed = false;
      due = nowMicros + 50_000L * ttlSeconds;
      network.announce(says(LinkPacket.ALIVE));
    }
    return measurement == null ? due : Math.min(due, measurement.dueMicros());
  }

  private void pingAgain(long nowMicros) {
    if (measurement.tryAgain()) {
      network.send(measurement.ping(0, nowMicros), measurement.peer());
      return;
    }
    InetSocketAddress silent = measurement.peer();
    measurement = null;
    measureMicros = Math.max(measureMicros, nowMicros + TRY_AGAIN_MICROS);
    peers.measureLater(peer -> silent.equals(peer.endpoint()), nowMicros + TRY_AGAIN_MICROS);
  }

  private void measureNext(long nowMicros) {
    Peer best = peers.nextToMeasure(node, session, measureMicros, nowMicros);
    if (best != null) {
      measurement = new Measurement(best.session(), best.endpoint());
      network.send(measurement.ping(0, nowMicros), best.endpoint());
    }
  }

  /** A new session of this node alone; beats, tempo and transport go on. */
  private void found(long nowMicros) {
    network.announce(says(LinkPacket.BYEBYE));
    playedBefore = playsAt(nowMicros);
    timeline = new Timeline(timeline.microsPerBeat(), microbeatAt(nowMicros), 0);
    startStop = new StartStop(startStop.playing(), startStop.beat(), 0);
    offset = -nowMicros;
    node = numbers.getAsLong();
    session = node;
    inCompany = false;
    measurement = null;
    changed = true;
  }

  /** 20..999 bpm from now on, for everybody. */
  void setTempo(double bpm, long nowMicros) {
    long microsPerBeat = Timeline.microsPerBeat(bpm);
    if (microsPerBeat != timeline.microsPerBeat()) {
      timeline = timeline.bent(microsPerBeat, nowMicros + offset);
      changed = true;
    }
  }

  /** Starts at the next multiple of so many beats, or at once (0); a stop is at once. */
  void setPlaying(boolean playing, double quantum, long nowMicros) {
    double beat = timeline.beatAt((double) nowMicros - ownOffset + offset);
    double at = playing && quantum > 0 ? Math.ceil(beat / quantum - 1e-9) * quantum : beat;
    playedBefore = playsAt(nowMicros);
    long said = Math.max(nowMicros + offset, startStop.saidAt() + 1);
    startStop = new StartStop(playing, Math.round(at * 1e6), said);
    changed = true;
  }

  void setOffset(double millis) {
    ownOffset = Math.round(millis * 1000);
  }

  /** Says goodbye. */
  void leave() {
    network.announce(says(LinkPacket.BYEBYE));
  }

  private Discovery says(byte kind) {
    StartStop shared = sharesStartStop ? startStop : null;
    return kind == LinkPacket.BYEBYE
        ? new Discovery(kind, 0, node, null, 0, null, null, 0)
        : new Discovery(kind, ttlSeconds, node, timeline, session, shared, null, 0);
  }

  private boolean playsAt(long nowMicros) {
    return state().isPlayingAt(nowMicros);
  }

  private long microbeatAt(long nowMicros) {
    return Math.round(timeline.beatAt((double) nowMicros + offset) * 1e6);
  }

  LinkState state() {
    return new LinkState(
        session,
        peers.in(session),
        timeline.microsPerBeat(),
        timeline.beatOrigin() / 1e6,
        (double) timeline.timeOrigin() - offset + ownOffset,
        startStop.playing(),
        startStop.beat() / 1e6,
        playedBefore);
  }

  /** Peers that were one too many. */
  long refused() {
    return peers.refused();
  }
}
