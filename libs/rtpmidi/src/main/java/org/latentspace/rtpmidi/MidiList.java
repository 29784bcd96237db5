package org.latentspace.rtpmidi;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The command section of a packet (RFC 6295, section 3): messages with times between them.
 *
 * <pre>
 *   |B|J|Z|P| length, 4 bits; 12 if B | [time if Z] message, time, message, ... |
 * </pre>
 *
 * <p>J says that a journal follows; a time has one to four bytes of seven bits, the highest bit
 * says that more follow. Made once for a session.
 */
final class MidiList {
  /** Most messages that a packet of ours carries. */
  static final int MOST_WRITTEN = 64;

  private static final int MOST = 4096;
  private static final int LONG = 0x80;
  private static final int JOURNAL = 0x40;
  private static final int FIRST_TIME = 0x20;
  private static final int MOST_TIME = 0xfffffff;

  final int[] messages = new int[MOST];

  /** Times after the packet's own, in its units, never falling. */
  final long[] times = new long[MOST];

  int size;
  boolean hasJournal;
  private int running;
  private final ByteBuffer list = ByteBuffer.allocate(MOST_WRITTEN * 7);

  void clear() {
    size = 0;
  }

  void add(int message, long time) {
    messages[size] = message;
    times[size++] = time;
  }

  /** Reads to the end of the messages, where the journal begins; false where it is broken. */
  boolean read(ByteBuffer in) {
    size = 0;
    try {
      int header = in.get();
      int length = header & 0xf;
      if ((header & LONG) != 0) {
        length = length << 8 | in.get() & 0xff;
      }
      hasJournal = (header & JOURNAL) != 0;
      if (length > in.remaining()) {
        return false;
      }
      int limit = in.limit();
      int end = in.position() + length;
      in.limit(end);
      try {
        return readMessages(in, (header & FIRST_TIME) != 0);
      } finally {
        in.limit(limit);
        in.position(end);
      }
    } catch (BufferUnderflowException cutOff) {
      return false;
    }
  }

  private boolean readMessages(ByteBuffer in, boolean firstTime) {
    long time = 0;
    running = 0;
    for (boolean first = true; in.hasRemaining(); first = false) {
      if (!first || firstTime) {
        time += readTime(in);
      }
      // The last time may stand alone: it says when the packet's span ends.
      if (in.hasRemaining() && !readMessage(in, time)) {
        return false;
      }
    }
    return true;
  }

  private static int readTime(ByteBuffer in) {
    int time = 0;
    for (int i = 0; i < 4; i++) {
      int b = in.get();
      time = time << 7 | b & 0x7f;
      if (b >= 0) {
        break;
      }
    }
    return time;
  }

  private boolean readMessage(ByteBuffer in, long time) {
    int status = in.get() & 0xff;
    if (status < 0x80) {
      in.position(in.position() - 1);
      status = running;
      if (status == 0) {
        return false;
      }
    }
    int data = MidiMessage.dataBytes(status);
    if (data < 0) {
      running = 0;
      skipExclusive(in);
      return true;
    }
    int first = data > 0 ? in.get() : 0;
    int second = data > 1 ? in.get() : 0;
    if (status < 0xf8) {
      running = status < 0xf0 ? status : 0;
    }
    if (first < 0 || second < 0 || size == MOST) {
      return false;
    }
    add(MidiMessage.of(status, first, second), time);
    return true;
  }

  /** A segment ends with f7, f0 (more will follow) or f4 (given up), or where the list ends. */
  private static void skipExclusive(ByteBuffer in) {
    boolean ended = false;
    while (in.hasRemaining() && !ended) {
      ended = in.get() < 0;
    }
  }

  /** Writes header and messages; the first one's time is the packet's. */
  void write(ByteBuffer out, boolean journal) {
    list.clear();
    running = 0;
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        writeTime(times[i] - times[i - 1]);
      }
      writeMessage(messages[i]);
    }
    list.flip();
    int length = list.remaining();
    int flags = journal ? JOURNAL : 0;
    if (length > 0xf) {
      out.put((byte) (LONG | flags | length >> 8)).put((byte) length);
    } else {
      out.put((byte) (flags | length));
    }
    out.put(list);
  }

  private void writeTime(long units) {
    int time = (int) Math.max(0, Math.min(MOST_TIME, units));
    for (int shift = 21; shift > 0; shift -= 7) {
      if (time >= 1 << shift) {
        list.put((byte) (time >> shift | 0x80));
      }
    }
    list.put((byte) (time & 0x7f));
  }

  private void writeMessage(int message) {
    int status = MidiMessage.status(message);
    if (status != running) {
      list.put((byte) status);
    }
    if (status < 0xf8) {
      running = status < 0xf0 ? status : 0;
    }
    int data = MidiMessage.dataBytes(status);
    if (data > 0) {
      list.put((byte) MidiMessage.data1(message));
    }
    if (data > 1) {
      list.put((byte) MidiMessage.data2(message));
    }
  }
}
