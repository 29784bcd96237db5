package org.latentspace.rtpmidi;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One message of an AppleMIDI session, read from or written into a datagram.
 *
 * <pre>
 *   IN OK NO BY   ffff cccc | version = 2 | token | SSRC | name, ended by a zero (IN, OK)
 *   CK            ffff 434b | SSRC | count 0..2, three bytes of nothing | three times of 64 bits
 *   RS            ffff 5253 | SSRC | sequence number of 16 bits | two bytes of nothing
 * </pre>
 *
 * <p>Fields of the last message that was read; one object serves a session's whole life.
 */
final class ControlPacket {
  static final int INVITATION = 0x494e;
  static final int ACCEPTED = 0x4f4b;
  static final int REJECTED = 0x4e4f;
  static final int END = 0x4259;
  static final int SYNCHRONISATION = 0x434b;
  static final int FEEDBACK = 0x5253;
  static final int MOST_NAME_BYTES = 63;
  private static final int VERSION = 2;

  int command;
  int token;
  int ssrc;
  String name = "";
  int count;
  final long[] times = new long[3];
  int sequence;

  static boolean isControl(ByteBuffer datagram) {
    int start = datagram.position();
    return datagram.remaining() >= 4 && datagram.getShort(start) == -1;
  }

  /** Returns false where it is none of the six, or cut off. */
  boolean read(ByteBuffer datagram) {
    try {
      datagram.getShort();
      command = datagram.getShort() & 0xffff;
      switch (command) {
        case INVITATION, ACCEPTED, REJECTED, END:
          boolean known = datagram.getInt() == VERSION;
          token = datagram.getInt();
          ssrc = datagram.getInt();
          name = readName(datagram);
          return known;
        case SYNCHRONISATION:
          ssrc = datagram.getInt();
          count = datagram.get();
          datagram.get();
          datagram.getShort();
          for (int i = 0; i < times.length; i++) {
            times[i] = datagram.getLong();
          }
          return count >= 0 && count < times.length;
        case FEEDBACK:
          ssrc = datagram.getInt();
          sequence = datagram.getShort() & 0xffff;
          return true;
        default:
          return false;
      }
    } catch (BufferUnderflowException cutOff) {
      return false;
    }
  }

  private static String readName(ByteBuffer in) {
    byte[] bytes = new byte[Math.min(in.remaining(), MOST_NAME_BYTES)];
    in.get(bytes);
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
  }

  /** Writes an invitation or an answer to one. */
  static void writeSession(ByteBuffer out, int command, int token, int ssrc, String name) {
    out.putShort((short) -1).putShort((short) command);
    out.putInt(VERSION).putInt(token).putInt(ssrc);
    if (command == INVITATION || command == ACCEPTED) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      out.put(bytes, 0, Math.min(bytes.length, MOST_NAME_BYTES)).put((byte) 0);
    }
  }

  static void writeSynchronisation(ByteBuffer out, int ssrc, int count, long... times) {
    out.putShort((short) -1).putShort((short) SYNCHRONISATION);
    out.putInt(ssrc).put((byte) count).put((byte) 0).putShort((short) 0);
    for (int i = 0; i < 3; i++) {
      out.putLong(i < times.length ? times[i] : 0);
    }
  }

  static void writeFeedback(ByteBuffer out, int ssrc, int sequence) {
    out.putShort((short) -1).putShort((short) FEEDBACK);
    out.putInt(ssrc).putShort((short) sequence).putShort((short) 0);
  }
}
