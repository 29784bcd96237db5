package org.latentspace.training.midi;

import java.nio.charset.StandardCharsets;

/** A stretch of a file's bytes, read from its beginning; copies nothing. */
final class MidiBytes {
  private final byte[] bytes;
  private final int end;
  private int next;

  MidiBytes(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private MidiBytes(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.next = start;
    this.end = end;
  }

  int left() {
    return end - next;
  }

  /** The next bytes as a stretch of their own; these go on behind them. */
  MidiBytes part(int length) throws MidiFileException {
    need(length);
    MidiBytes part = new MidiBytes(bytes, next, next + length);
    next += length;
    return part;
  }

  /** The same stretch from the same place on; reading from it moves nothing here. */
  MidiBytes ahead(long length) {
    return new MidiBytes(bytes, next, next + (int) Math.min(length, left()));
  }

  /** Passes over bytes, over all that are left where there are fewer. */
  void skip(long length) {
    next += (int) Math.min(length, left());
  }

  /** Whether these letters come next, or a beginning of them with nothing behind it. */
  boolean isAt(String word) {
    for (int i = 0; i < Math.min(word.length(), left()); i++) {
      if (bytes[next + i] != word.charAt(i)) {
        return false;
      }
    }
    return left() > 0;
  }

  /** How many bytes there are before the next place of these letters; without one, all. */
  int before(String word) {
    MidiBytes from = ahead(left());
    while (from.left() >= word.length() && !from.isAt(word)) {
      from.next++;
    }
    return from.left() >= word.length() ? from.next - next : left();
  }

  /** Whether all that is left is zeros. */
  boolean isBlank() {
    for (int i = next; i < end; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  int peek() throws MidiFileException {
    need(1);
    return bytes[next] & 0xFF;
  }

  int uint8() throws MidiFileException {
    need(1);
    return bytes[next++] & 0xFF;
  }

  int uint16() throws MidiFileException {
    return uint8() << 8 | uint8();
  }

  long uint32() throws MidiFileException {
    return (long) uint16() << 16 | uint16();
  }

  /** As RIFF writes it: the last byte counts most. */
  long uint32LowFirst() throws MidiFileException {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) uint32()));
  }

  /** Four letters. */
  String word() throws MidiFileException {
    need(4);
    next += 4;
    return new String(bytes, next - 4, 4, StandardCharsets.ISO_8859_1);
  }

  /** A data byte, 0..127. */
  int data() throws MidiFileException {
    int value = uint8();
    if (value > 127) {
      throw new MidiFileException(
          "0x" + Integer.toHexString(value) + " stands where a number 0..127 must be");
    }
    return value;
  }

  /** A number of one to four bytes, 0..2^28-1. */
  int variable() throws MidiFileException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int part = uint8();
      value = value << 7 | (part & 0x7F);
      if (part < 0x80) {
        return value;
      }
    }
    throw new MidiFileException("a number is longer than four bytes");
  }

  private void need(int count) throws MidiFileException {
    if (count > left()) {
      throw new MidiFileException("it ends within an event");
    }
  }
}
