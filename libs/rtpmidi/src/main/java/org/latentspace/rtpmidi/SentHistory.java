package org.latentspace.rtpmidi;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What one peer was sent since the packet that it has confirmed: the recovery journal, chapters C
 * and N (RFC 6295, section 5 and appendices A.3 and A.6).
 *
 * <pre>
 *   journal   |S|Y|A|H| channels - 1 |  checkpoint, 16 bits |  channel journals ...
 *   channel   |S| channel, 4 bits |H| length, 10 bits |P|C|M|W|N|E|T|A|  chapters ...
 *   C         |S| logs - 1 |  then for each  |S| controller |  |A| value, or |1|1| count mod 64 |
 *   N         |B| logs | low | high |  then for each  |S| note |  |Y| velocity |  then bits of ended notes
 * </pre>
 *
 * <p>S (B for the ended notes) is 0 where something of the packet just before is told; Y is 1 where
 * a note is recent enough to be played late. Sequence numbers count on beyond 16 bits.
 */
final class SentHistory {
  /** A note that was due so long ago is no longer worth playing. */
  static final long MOST_LATE_NANOS = 100_000_000;

  private static final int S = 0x80;
  private static final int COUNT = 0xc0;
  private static final int CHAPTER_C = 0x40;
  private static final int CHAPTER_N = 0x08;
  private static final long NEVER = -1;

  private final long[] noteSequence = new long[MidiMessage.KEYS];
  private final byte[] velocity = new byte[MidiMessage.KEYS];
  private final long[] struck = new long[MidiMessage.KEYS];
  private final long[] controlSequence = new long[MidiMessage.KEYS];
  private final byte[] value = new byte[MidiMessage.KEYS];
  private final long[] newest = new long[MidiMessage.CHANNELS];
  private long checkpoint;
  private long newestOfAll = NEVER;

  /**
   * @param first sequence number of the first packet
   */
  SentHistory(long first) {
    checkpoint = first;
    Arrays.fill(noteSequence, NEVER);
    Arrays.fill(controlSequence, NEVER);
    Arrays.fill(newest, NEVER);
  }

  /** Takes note of a message that travels in this packet. */
  void add(int message, long sequence, long dueNanos) {
    boolean isControl = MidiMessage.isControl(message);
    if (!isControl && !MidiMessage.isNote(message)) {
      return;
    }
    int key = MidiMessage.key(message);
    newest[key / 128] = sequence;
    newestOfAll = sequence;
    if (isControl) {
      addControl(key, MidiMessage.data2(message), sequence);
    } else {
      noteSequence[key] = sequence;
      velocity[key] = (byte) (MidiMessage.isStrike(message) ? MidiMessage.data2(message) : 0);
      struck[key] = dueNanos;
    }
  }

  private void addControl(int key, int data, long sequence) {
    int controller = key % 128;
    controlSequence[key] = sequence;
    value[key] = (byte) (MidiMessage.isCounted(controller) ? value[key] + 1 & 0x3f : data);
    if (MidiMessage.endsNotes(controller)) {
      for (int note = key - controller; note < key - controller + 128; note++) {
        if (velocity[note] > 0) {
          velocity[note] = 0;
          noteSequence[note] = sequence;
        }
      }
    }
  }

  /** The peer has got this packet, or one after it; {@code next} is the packet to be sent next. */
  void confirm(int sequence16, long next) {
    long confirmed = next - 1 - ((next - 1 - sequence16) & 0xffff);
    checkpoint = Math.max(checkpoint, confirmed + 1);
  }

  /** Whether there are messages that the peer has not confirmed. */
  boolean isOpen() {
    return newestOfAll >= checkpoint;
  }

  /** Writes the journal of the packet with this number. */
  void write(ByteBuffer out, long sequence, long now) {
    int start = out.position();
    out.put((byte) 0).putShort((short) Math.min(checkpoint, sequence - 1));
    int channels = 0;
    boolean fresh = false;
    for (int channel = 0; channel < MidiMessage.CHANNELS; channel++) {
      if (newest[channel] >= checkpoint) {
        channels++;
        fresh |= newest[channel] == sequence - 1;
        writeChannel(out, channel, sequence - 1, now);
      }
    }
    int present = channels > 0 ? 0x20 | channels - 1 : 0;
    out.put(start, (byte) ((fresh ? 0 : S) | present));
  }

  private void writeChannel(ByteBuffer out, int channel, long before, long now) {
    int start = out.position();
    out.putShort((short) 0).put((byte) 0);
    int chapters = writeControllers(out, channel * 128, before) ? CHAPTER_C : 0;
    chapters |= writeNotes(out, channel * 128, before, now) ? CHAPTER_N : 0;
    int length = out.position() - start;
    int s = newest[channel] == before ? 0 : S << 8;
    out.putShort(start, (short) (s | channel << 11 | length)).put(start + 2, (byte) chapters);
  }

  private boolean writeControllers(ByteBuffer out, int from, long before) {
    int start = out.position();
    out.put((byte) 0);
    int logs = 0;
    int s = S;
    for (int key = from; key < from + 128; key++) {
      if (controlSequence[key] >= checkpoint) {
        int own = controlSequence[key] == before ? 0 : S;
        out.put((byte) (own | key - from));
        out.put((byte) (MidiMessage.isCounted(key - from) ? COUNT | value[key] : value[key]));
        s &= own;
        logs++;
      }
    }
    if (logs == 0) {
      out.position(start);
      return false;
    }
    out.put(start, (byte) (s | logs - 1));
    return true;
  }

  private boolean writeNotes(ByteBuffer out, int from, long before, long now) {
    int start = out.position();
    out.putShort((short) 0);
    int logs = 0;
    int low = 15;
    int high = 0;
    boolean ended = false;
    boolean endedBefore = false;
    for (int key = from; key < from + 128; key++) {
      if (noteSequence[key] >= checkpoint) {
        int own = noteSequence[key] == before ? 0 : S;
        if (velocity[key] > 0) {
          out.put((byte) (own | key - from));
          out.put((byte) ((now - struck[key] < MOST_LATE_NANOS ? 0x80 : 0) | velocity[key]));
          logs++;
        } else {
          low = Math.min(low, (key - from) / 8);
          high = Math.max(high, (key - from) / 8);
          ended = true;
          endedBefore |= own == 0;
        }
      }
    }
    if (logs == 0 && !ended) {
      out.position(start);
      return false;
    }
    if (ended) {
      writeEnded(out, from, low, high);
    } else {
      // 15 and 0 say, with 127 logs, that there are 128.
      high = logs == 127 ? 1 : 0;
    }
    int count = Math.min(logs, 127);
    out.putShort(start, (short) ((endedBefore ? 0 : S << 8) | count << 8 | low << 4 | high));
    return true;
  }

  private void writeEnded(ByteBuffer out, int from, int low, int high) {
    for (int octet = low; octet <= high; octet++) {
      int bits = 0;
      for (int i = 0; i < 8; i++) {
        int key = from + octet * 8 + i;
        boolean isEnded = noteSequence[key] >= checkpoint && velocity[key] == 0;
        bits |= isEnded ? 0x80 >> i : 0;
      }
      out.put((byte) bits);
    }
  }
}
