package org.latentspace.rtpmidi;

/**
 * How a peer's clock stands, from exchanges of times: of the last eight, the one with the shortest
 * way there and back is believed.
 *
 * <pre>
 *   asker    t1 ─────────╮          ╭────── t3      the answerer is ahead by t2 − (t1 + t3) / 2
 *   answerer             ╰─── t2 ───╯
 * </pre>
 *
 * <p>Clocks count units of 1/10000 s; ours from the session's start.
 */
final class PeerClock {
  static final long UNIT_NANOS = 100_000;

  /** What is due later than that from now comes from a clock that is not to be believed. */
  static final long MOST_AHEAD_NANOS = 1_000_000_000;

  private static final int WINDOW = 8;
  private static final long MOST_UNITS = 100_000;

  private final long startNanos;
  private final long[] ways = new long[WINDOW];
  private final long[] offsets = new long[WINDOW];
  private int exchanges;
  private long offsetNanos;

  PeerClock(long startNanos) {
    this.startNanos = startNanos;
  }

  /** Our clock at a time, to the nearest unit. */
  long units(long nanos) {
    return Math.floorDiv(nanos - startNanos + UNIT_NANOS / 2, UNIT_NANOS);
  }

  boolean isKnown() {
    return exchanges > 0;
  }

  /** The answer to a question of ours; false where the question is none of the last ten seconds. */
  boolean answered(long t1, long t2, long now) {
    return add(t1, t2, units(now), 1, t1, now);
  }

  /** The peer's question, our answer at t2, and when the peer had it. */
  boolean confirmed(long t1, long t2, long t3, long now) {
    return add(t1, t2, t3, -1, t2, now);
  }

  private boolean add(long t1, long t2, long t3, int sign, long ours, long now) {
    long age = units(now) - ours;
    long way = t3 - t1;
    if (age < 0 || age > MOST_UNITS || way < 0 || way > MOST_UNITS) {
      return false;
    }
    int place = exchanges % WINDOW;
    ways[place] = way;
    offsets[place] = sign * (2 * t2 - t1 - t3) * (UNIT_NANOS / 2);
    exchanges = exchanges == 2 * WINDOW - 1 ? WINDOW : exchanges + 1;
    int best = place;
    for (int i = 0; i < Math.min(exchanges, WINDOW); i++) {
      best = ways[i] < ways[best] ? i : best;
    }
    offsetNanos = offsets[best];
    return true;
  }

  /**
   * When a packet is due, by our clock; now where the peer's is not known, or says more than a
   * second from now.
   *
   * @param timestamp the packet's, the lower 32 bits of the peer's clock
   */
  long dueNanos(int timestamp, long now) {
    if (!isKnown()) {
      return now;
    }
    long peerNanos = now - startNanos + offsetNanos;
    long peerUnits = Math.floorDiv(peerNanos, UNIT_NANOS);
    long ahead = (timestamp - (int) peerUnits) * UNIT_NANOS + peerUnits * UNIT_NANOS - peerNanos;
    return ahead > MOST_AHEAD_NANOS ? now : now + ahead;
  }
}
