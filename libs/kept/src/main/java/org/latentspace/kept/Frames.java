package org.latentspace.kept;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * How records stand in a file, so that what a crash has torn is found.
 *
 * <pre>
 *   int32 length of the body, int32 CRC-32C of the body, body:
 *     int64 number, int32 length of the key, key in UTF-8, byte 1 if there is a value, value
 * </pre>
 */
final class Frames {
  /** A record of a file; numbers grow. */
  record Frame(long number, String key, byte[] value) {}

  /** Hears the whole frames of a file, in order. */
  interface Visitor {
    void frame(long position, int length, Frame frame) throws IOException;
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
  private static final int MOST_BODY_BYTES =
      LEAST_BODY_BYTES + 3 * MOST_KEY_CHARACTERS + MOST_VALUE_BYTES;

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

  static ByteBuffer encode(long number, String key, byte[] value) {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    int body = LEAST_BODY_BYTES + name.length + (value == null ? 0 : value.length);
    ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + body);
    frame.putInt(body).putInt(0).putLong(number).putInt(name.length).put(name);
    frame.put((byte) (value == null ? 0 : 1));
    if (value != null) {
      frame.put(value);
    }
    return frame.putInt(Integer.BYTES, checksum(frame.array(), HEADER_BYTES, body)).flip();
  }

  /** Bytes of a frame in a file. */
  static int length(String key, byte[] value) {
    return HEADER_BYTES
        + LEAST_BODY_BYTES
        + key.getBytes(StandardCharsets.UTF_8).length
        + (value == null ? 0 : value.length);
  }

  /** Returns the frame's length in the file; -1 when there is none that could be passed over. */
  static int lengthAt(FileChannel file, long position) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
    if (!fill(file, header, position)) {
      return -1;
    }
    int body = header.getInt(0);
    return plausible(body) && position + HEADER_BYTES + body <= file.size()
        ? HEADER_BYTES + body
        : -1;
  }

  /** Returns null for a damaged frame. */
  static Frame read(FileChannel file, long position) throws IOException {
    int length = lengthAt(file, position);
    if (length < 0) {
      return null;
    }
    ByteBuffer frame = ByteBuffer.allocate(length);
    if (!fill(file, frame, position)) {
      return null;
    }
    return decode(frame.getInt(Integer.BYTES), frame.array(), HEADER_BYTES, length - HEADER_BYTES);
  }

  /** Reads the file from its beginning; frames whose number does not grow count as damaged. */
  static Found scan(FileChannel file, Visitor visitor) throws IOException {
    file.position(0);
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(file), 1 << 16));
    long position = 0;
    long whole = 0;
    long newest = Long.MIN_VALUE;
    int damaged = 0;
    int pending = 0;
    try {
      while (true) {
        int body = in.readInt();
        int checksum = in.readInt();
        if (!plausible(body) || position + HEADER_BYTES + body > file.size()) {
          break;
        }
        byte[] bytes = new byte[body];
        in.readFully(bytes);
        Frame frame = decode(checksum, bytes, 0, body);
        if (frame == null || frame.number() <= newest) {
          pending++;
        } else {
          newest = frame.number();
          visitor.frame(position, HEADER_BYTES + body, frame);
          // Damage with something whole behind it is not a torn end.
          damaged += pending;
          pending = 0;
          whole = position + HEADER_BYTES + body;
        }
        position += HEADER_BYTES + body;
      }
    } catch (EOFException e) {
      // The end, or a torn header: what is whole is known.
    }
    return new Found(whole, file.size(), damaged);
  }

  static void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
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

  private static boolean plausible(int body) {
    return body >= LEAST_BODY_BYTES && body <= MOST_BODY_BYTES;
  }

  private static Frame decode(int checksum, byte[] bytes, int from, int length) {
    if (checksum(bytes, from, length) != checksum) {
      return null;
    }
    ByteBuffer body = ByteBuffer.wrap(bytes, from, length);
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

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, length);
    return (int) checksum.getValue();
  }
}
