package org.latentspace.kept;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * How records stand in a file, so that what a crash has torn is found: frames of
 *
 * <pre>
 *   int32 length of the body, int32 CRC-32C of the body, body
 *   of a topic's record:
 *     int64 number, int32 length of the key, key in UTF-8, byte 1 if there is a value, value
 * </pre>
 */
final class Frames {
  /** A record of a topic's file; numbers grow. */
  record Frame(long number, String key, byte[] value) {}

  /** Hears the bodies of a file's whole frames, in order. */
  interface Visitor {
    /** Returns false for a body that is no record: it counts as damaged. */
    boolean hears(long position, byte[] body) throws IOException;
  }

  /**
   * What a file holds.
   *
   * @param wholeBytes where the last whole frame ends; after it the file is torn
   * @param damaged frames before that which are not what was written; they are passed over
   */
  record Found(long wholeBytes, long fileBytes, int damaged) {
    boolean torn() {
      return wholeBytes < fileBytes;
    }
  }

  static final int MOST_KEY_CHARACTERS = 256;
  static final int MOST_VALUE_BYTES = 1 << 20;
  static final int HEADER_BYTES = 8;
  private static final int LEAST_BODY_BYTES = Long.BYTES + Integer.BYTES + 1;
  // A character takes at most three bytes of UTF-8.
  static final int MOST_BODY_BYTES = LEAST_BODY_BYTES + 3 * MOST_KEY_CHARACTERS + MOST_VALUE_BYTES;

  private Frames() {}

  /** Throws IllegalArgumentException for a key or value that no log takes. */
  static void check(String key, byte[] value) {
    if (key == null || key.isEmpty() || key.length() > MOST_KEY_CHARACTERS) {
      throw new IllegalArgumentException(
          "a key has 1.." + MOST_KEY_CHARACTERS + " characters: " + key);
    }
    if (value != null && value.length > MOST_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "the value of " + key + " has " + value.length + " bytes: at most " + MOST_VALUE_BYTES);
    }
  }

  /** A body with what stands before it. */
  static ByteBuffer frame(byte[] body) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + body.length);
    return frame.putInt(body.length).putInt(checksum(body, body.length)).put(body).flip();
  }

  static ByteBuffer encode(long number, String key, byte[] value) {
    ByteBuffer body = ByteBuffer.allocate(length(key, value) - HEADER_BYTES);
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    body.putLong(number).putInt(name.length).put(name).put((byte) (value == null ? 0 : 1));
    if (value != null) {
      body.put(value);
    }
    return frame(body.array());
  }

  /** Bytes of a frame in a file. */
  static int length(String key, byte[] value) {
    return HEADER_BYTES
        + LEAST_BODY_BYTES
        + key.getBytes(StandardCharsets.UTF_8).length
        + (value == null ? 0 : value.length);
  }

  /** Returns null for a damaged frame. */
  static Frame read(FileChannel file, long position) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    if (!fill(file, header, position)) {
      return null;
    }
    int length = header.getInt(0);
    long from = position + HEADER_BYTES;
    if (length < LEAST_BODY_BYTES || length > MOST_BODY_BYTES || from + length > file.size()) {
      return null;
    }
    ByteBuffer body = ByteBuffer.allocate(length);
    boolean whole = fill(file, body, from);
    return whole && checksum(body.array(), length) == header.getInt(Integer.BYTES)
        ? decode(body.array())
        : null;
  }

  /** Reads the frames from a place in the file on; bodies have at most so many bytes. */
  static Found scan(FileChannel file, long from, int most, Visitor visitor) throws IOException {
    file.position(from);
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(file), 1 << 16));
    long size = file.size();
    long position = from;
    long whole = from;
    int damaged = 0;
    int pending = 0;
    while (size - position >= HEADER_BYTES) {
      int length = in.readInt();
      int checksum = in.readInt();
      if (length < 0 || length > most || length > size - position - HEADER_BYTES) {
        break;
      }
      byte[] body = in.readNBytes(length);
      if (checksum(body, length) == checksum && visitor.hears(position, body)) {
        // Damage with something whole behind it is not a torn end.
        damaged += pending;
        pending = 0;
        whole = position + HEADER_BYTES + length;
      } else {
        pending++;
      }
      position += HEADER_BYTES + length;
    }
    return new Found(whole, size, damaged);
  }

  /** A file to read and write, made where there is none. */
  static FileChannel open(Path path, StandardOpenOption... more) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    options.addAll(List.of(more));
    return FileChannel.open(path, options);
  }

  /** Writes all of it to this place, and returns how many bytes that were. */
  static int write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
    int length = bytes.remaining();
    while (bytes.hasRemaining()) {
      file.write(bytes, position + length - bytes.remaining());
    }
    return length;
  }

  private static boolean fill(FileChannel file, ByteBuffer bytes, long position)
      throws IOException {
    while (bytes.hasRemaining()) {
      int read = file.read(bytes, position + bytes.position());
      if (read < 0) {
        return false;
      }
    }
    return true;
  }

  /** The record that a body is; null if it is none. */
  static Frame decode(byte[] bytes) {
    if (bytes.length < LEAST_BODY_BYTES) {
      return null;
    }
    ByteBuffer body = ByteBuffer.wrap(bytes);
    long number = body.getLong();
    int keyBytes = body.getInt();
    if (keyBytes < 0 || keyBytes > body.remaining() - 1) {
      return null;
    }
    byte[] key = new byte[keyBytes];
    body.get(key);
    byte[] value = null;
    if (body.get() == 1) {
      value = new byte[body.remaining()];
      body.get(value);
    }
    return new Frame(number, new String(key, StandardCharsets.UTF_8), value);
  }

  /** CRC-32C of the first bytes. */
  static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
