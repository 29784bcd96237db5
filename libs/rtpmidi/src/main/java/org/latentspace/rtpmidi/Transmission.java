package org.latentspace.rtpmidi;

import java.nio.ByteBuffer;

/**
 * What goes to one peer: packets with a journal of all that it has not confirmed. While there is
 * something of that, packets without messages repeat the journal, at growing distances.
 */
final class Transmission {
  private static final long FIRST_REPEAT_NANOS = 30_000_000;
  private static final long LAST_REPEAT_NANOS = 2_000_000_000L;
  private static final int VERSION = 0x80;
  private static final int PAYLOAD_TYPE = 97;

  private final PeerClock clock;
  private final int ssrc;
  private final SentHistory history;
  private long next;
  private long newestDue = Long.MIN_VALUE;
  private long repeatAt = Playout.NEVER;
  private long repeatNanos;

  /**
   * @param ssrc the session's
   * @param first sequence number of the first packet
   */
  Transmission(PeerClock clock, int ssrc, long first) {
    this.clock = clock;
    this.ssrc = ssrc;
    next = first;
    history = new SentHistory(first);
  }

  /** Number of the next packet. */
  long next() {
    return next;
  }

  /** When the journal is repeated. */
  long repeatAt() {
    return repeatAt;
  }

  /** The peer has what was sent up to this packet. */
  void confirmed(int sequence) {
    history.confirm(sequence, next);
    repeatAt = history.isOpen() ? repeatAt : Playout.NEVER;
  }

  /**
   * Writes messages.
   *
   * @param batch their times are due times in nanoseconds that never fall
   * @param packet gets them in units of the clock
   */
  void write(MidiList batch, MidiList packet, ByteBuffer out, long now) {
    packet.clear();
    for (int i = 0; i < batch.size; i++) {
      packet.add(batch.messages[i], clock.units(batch.times[i]));
    }
    newestDue = Math.max(newestDue, batch.times[batch.size - 1]);
    writePacket(packet, packet.times[0], out, now);
    for (int i = 0; i < batch.size; i++) {
      history.add(batch.messages[i], next, batch.times[i]);
    }
    next++;
    repeatNanos = FIRST_REPEAT_NANOS;
    repeatAt = history.isOpen() ? now + repeatNanos : Playout.NEVER;
  }

  /** Writes the journal alone; it is due when the newest message is. */
  void repeat(MidiList packet, ByteBuffer out, long now) {
    packet.clear();
    writePacket(packet, clock.units(Math.max(now, newestDue)), out, now);
    next++;
    repeatNanos = Math.min(2 * repeatNanos, LAST_REPEAT_NANOS);
    repeatAt = now + repeatNanos;
  }

  private void writePacket(MidiList packet, long units, ByteBuffer out, long now) {
    out.put((byte) VERSION).put((byte) PAYLOAD_TYPE).putShort((short) next);
    out.putInt((int) units).putInt(ssrc);
    packet.write(out, true);
    history.write(out, next, now);
  }
}
