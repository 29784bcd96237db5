package org.latentspace.rtpmidi;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What comes from one peer on the data port: packets in their order, gaps closed by the journal.
 *
 * <p>A packet that is broken is as one that never came. A jump of more than 3000 packets is
 * believed when the next packet follows it (RFC 3550, appendix A.1).
 */
final class Reception {
  private static final int RTP_VERSION = 2;
  private static final int MOST_GAP = 3000;
  private static final int MOST_MISORDER = 100;
  private static final int NONE = -1;

  private final PeerClock clock;
  private final MidiList list;
  private final HeardNotes notes;
  private final RtpMidiCounters counters;
  private int last = NONE;
  private int afterJump = NONE;
  private int sequence;
  private int timestamp;
  private boolean unconfirmed;

  Reception(PeerClock clock, MidiList list, HeardNotes notes, RtpMidiCounters counters) {
    this.clock = clock;
    this.list = list;
    this.notes = notes;
    this.counters = counters;
  }

  /** The SSRC of a datagram that may be a packet; 0 where it is too short. */
  static int ssrc(ByteBuffer datagram) {
    int start = datagram.position();
    return datagram.remaining() < 13 ? 0 : datagram.getInt(start + 8);
  }

  /** Takes a datagram; returns whether it was a packet. */
  boolean take(ByteBuffer datagram, long delayNanos, long now) {
    if (!readHeader(datagram) || !list.read(datagram)) {
      return false;
    }
    int ahead = last == NONE ? 1 : sequence - last & 0xffff;
    if (ahead == 0 || ahead > MOST_GAP) {
      boolean isLate = ahead == 0 || ahead >= 0x10000 - MOST_MISORDER;
      if (isLate || sequence != afterJump) {
        afterJump = isLate ? afterJump : sequence + 1 & 0xffff;
        counters.late.increment();
        return true;
      }
    }
    play(datagram, ahead, clock.dueNanos(timestamp, now), delayNanos, now);
    return true;
  }

  private boolean readHeader(ByteBuffer in) {
    try {
      int first = in.get() & 0xff;
      in.get();
      sequence = in.getShort() & 0xffff;
      timestamp = in.getInt();
      in.getInt();
      in.position(in.position() + 4 * (first & 0xf));
      if ((first & 0x10) != 0) {
        in.getShort();
        in.position(in.position() + 2 + 4 * (in.getShort(in.position()) & 0xffff));
      }
      if ((first & 0x20) != 0) {
        in.limit(in.limit() - (in.get(in.limit() - 1) & 0xff));
      }
      return first >> 6 == RTP_VERSION && in.hasRemaining();
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  private void play(ByteBuffer journal, int ahead, long due, long delay, long now) {
    if (last == NONE) {
      recover(journal, sequence, due + delay, false);
    } else if (ahead > 1) {
      counters.lost.add(ahead - 1);
      recover(journal, last + 1 & 0xffff, due + delay, ahead == 2);
    }
    last = sequence;
    afterJump = NONE;
    unconfirmed = true;
    for (int i = 0; i < list.size; i++) {
      notes.take(list.messages[i], withinBounds(due, list.times[i], now) + delay);
    }
    counters.received.add(list.size);
  }

  private static long withinBounds(long due, long units, long now) {
    long at = due + units * PeerClock.UNIT_NANOS;
    return at - now > PeerClock.MOST_AHEAD_NANOS ? now : at;
  }

  /** Closes a gap that begins with the packet {@code missing}. */
  private void recover(ByteBuffer journal, int missing, long due, boolean singleLoss) {
    int start = journal.position();
    boolean isWhole = list.hasJournal && JournalReader.read(journal, JournalReader.NOBODY);
    journal.position(start);
    int uncovered = isWhole ? JournalReader.checkpoint(journal) - missing & 0xffff : 0;
    notes.beginJournal(due, singleLoss);
    if (!isWhole || (uncovered > 0 && uncovered < 0x8000)) {
      notes.endAll(due);
    }
    if (isWhole) {
      JournalReader.read(journal, notes);
    }
  }

  /** Whether packets came since the last feedback was taken. */
  boolean isUnconfirmed() {
    return unconfirmed;
  }

  /** The newest packet, for a feedback. */
  int confirm() {
    unconfirmed = false;
    return last;
  }
}
