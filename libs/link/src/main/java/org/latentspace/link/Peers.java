package org.latentspace.link;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.latentspace.link.LinkPacket.Discovery;

/** The other nodes that were heard of, 256 at most; those that fall silent are forgotten. */
final class Peers {
  static final int MOST = 256;
  private static final int LONGEST_TTL_SECONDS = 60;

  /** What a node has said of itself last. */
  static final class Peer {
    private final long node;
    private long session;
    private Timeline timeline;
    private StartStop startStop;
    private InetSocketAddress endpoint;
    private long goneMicros;
    private long measureMicros;

    private Peer(long node) {
      this.node = node;
    }

    long session() {
      return session;
    }

    Timeline timeline() {
      return timeline;
    }

    StartStop startStop() {
      return startStop;
    }

    /** Where it may be measured, or null. */
    InetSocketAddress endpoint() {
      return endpoint;
    }
  }

  private final Map<Long, Peer> all = new HashMap<>();
  private long refused;

  /** Takes what it says; null = one too many. */
  Peer heard(Discovery it, InetSocketAddress from, long nowMicros) {
    Peer peer = all.get(it.node());
    if (peer == null) {
      if (all.size() >= MOST) {
        refused++;
        return null;
      }
      peer = new Peer(it.node());
      peer.measureMicros = nowMicros;
      all.put(it.node(), peer);
    }
    peer.session = it.session();
    peer.timeline = it.timeline();
    peer.startStop = it.startStop() == null ? StartStop.NEVER : it.startStop();
    peer.endpoint =
        it.address() == null ? null : new InetSocketAddress(from.getAddress(), it.port());
    peer.goneMicros = nowMicros + 1_000_000L * Math.min(it.ttlSeconds(), LONGEST_TTL_SECONDS);
    return peer;
  }

  void remove(long node) {
    all.remove(node);
  }

  void forgetSilent(long nowMicros) {
    all.values().removeIf(peer -> peer.goneMicros <= nowMicros);
  }

  /** How many are in a session. */
  int in(long session) {
    int count = 0;
    for (Peer peer : all.values()) {
      count += peer.session == session ? 1 : 0;
    }
    return count;
  }

  /** The timeline that holds in a session, or null when nobody is in it. */
  Timeline timelineOf(long session) {
    Timeline latest = null;
    for (Peer peer : all.values()) {
      boolean later = latest == null || peer.timeline.beatOrigin() > latest.beatOrigin();
      latest = peer.session == session && later ? peer.timeline : latest;
    }
    return latest;
  }

  /** What holds of starts and stops in a session. */
  StartStop startStopOf(long session) {
    StartStop latest = StartStop.NEVER;
    for (Peer peer : all.values()) {
      boolean later = peer.startStop.saidAt() > latest.saidAt();
      latest = peer.session == session && later ? peer.startStop : latest;
    }
    return latest;
  }

  /**
   * Who is to be measured next, founders first, or null.
   *
   * @param againMicros when the own session is to be measured again
   */
  Peer nextToMeasure(long node, long session, long againMicros, long nowMicros) {
    Peer best = null;
    for (Peer peer : all.values()) {
      boolean due =
          peer.session == session
              ? againMicros <= nowMicros && isReference(peer.node, node, session)
              : peer.measureMicros <= nowMicros;
      if (due && peer.endpoint != null && (best == null || peer.node == peer.session)) {
        best = peer;
      }
    }
    return best;
  }

  /** A session's time is that of its founder, or else of the peer with the least number. */
  private boolean isReference(long peer, long node, long session) {
    if (node == session || (all.containsKey(session) && peer != session)) {
      return false;
    }
    return peer == session || Long.compareUnsigned(peer, node) < 0;
  }

  /** Such peers are not measured before. */
  void measureLater(Predicate<Peer> which, long micros) {
    for (Peer peer : all.values()) {
      if (which.test(peer)) {
        peer.measureMicros = micros;
      }
    }
  }

  /** Those that were one too many. */
  long refused() {
    return refused;
  }
}
