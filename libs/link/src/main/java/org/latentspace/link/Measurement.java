package org.latentspace.link;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.latentspace.link.LinkPacket.Ping;
import org.latentspace.link.LinkPacket.Pong;

/**
 * How far a session's ghost time is ahead of this host's clock: the median over a hundred offsets,
 * two from each round trip. Time is an argument.
 *
 * <pre>
 *   peer      g0 ------------- g1 ----        g1 - (h1 + h2) / 2: the way there and back
 *               \            /    \           (g0 + g1) / 2 - h1: the way back and there
 *   this host    ------ h1 --       --- h2
 * </pre>
 */
final class Measurement {
  static final int OFFSETS = 100;
  private static final int MOST_SILENCES = 5;
  private static final long PATIENCE_MICROS = 50_000;

  private final long session;
  private final InetSocketAddress peer;
  private final double[] offsets = new double[OFFSETS + 2];
  private int count;
  private int silences;
  private long sentAt;
  private Ping sent;

  Measurement(long session, InetSocketAddress peer) {
    this.session = session;
    this.peer = peer;
  }

  long session() {
    return session;
  }

  InetSocketAddress peer() {
    return peer;
  }

  /** The next ping; previous ghost time 0 = none. */
  Ping ping(long previousGhost, long nowMicros) {
    sentAt = nowMicros;
    sent = new Ping(nowMicros, previousGhost);
    return sent;
  }

  /** Whether that is the answer to the last ping; takes it then. */
  boolean take(Pong pong, InetSocketAddress from, long nowMicros) {
    boolean ours =
        sent != null
            && from.equals(peer)
            && pong.session() == session
            && pong.hostTime() == sent.hostTime()
            && pong.previousGhost() == sent.previousGhost();
    if (!ours) {
      return false;
    }
    silences = 0;
    offsets[count++] = pong.ghostTime() - 0.5 * ((double) nowMicros + pong.hostTime());
    if (pong.previousGhost() != 0) {
      offsets[count++] = 0.5 * ((double) pong.ghostTime() + pong.previousGhost()) - pong.hostTime();
    }
    sent = null;
    return true;
  }

  boolean isComplete() {
    return count >= OFFSETS;
  }

  /** Ghost time - host time, in microseconds. */
  long offsetMicros() {
    double[] sorted = Arrays.copyOf(offsets, count);
    Arrays.sort(sorted);
    return Math.round(0.5 * (sorted[(count - 1) / 2] + sorted[count / 2]));
  }

  /** When the peer has been silent for too long. */
  long dueMicros() {
    return sentAt + PATIENCE_MICROS;
  }

  /** The peer is silent; false = it has been so too often. */
  boolean tryAgain() {
    return ++silences < MOST_SILENCES;
  }
}
