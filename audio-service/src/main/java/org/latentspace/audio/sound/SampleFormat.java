package org.latentspace.audio.sound;

import java.nio.ByteBuffer;

/**
 * How samples lie in bytes: little-endian, channels interleaved.
 *
 * <p>Integers are divided by their negative full scale (16 bits: 32768), so -1 is reached exactly
 * and +1 never.
 */
public record SampleFormat(Encoding encoding, int channels) {
  /** The greatest number of channels that is read. */
  public static final int MAX_CHANNELS = 8;

  /** One sample's bytes. */
  public enum Encoding {
    UNSIGNED_8(1),
    SIGNED_16(2),
    SIGNED_24(3),
    SIGNED_32(4),
    FLOAT_32(4),
    FLOAT_64(8);

    private final int bytes;

    Encoding(int bytes) {
      this.bytes = bytes;
    }

    public int bytes() {
      return bytes;
    }
  }

  /** Bytes of one frame: one sample of every channel. */
  public int frameBytes() {
    return encoding.bytes * channels;
  }

  /** The next sample, nominally -1..1. */
  double sample(ByteBuffer bytes) {
    return switch (encoding) {
      case UNSIGNED_8 -> ((bytes.get() & 0xff) - 128) / 128.0;
      case SIGNED_16 -> bytes.getShort() / 32768.0;
      case SIGNED_24 -> ((bytes.getShort() & 0xffff) | (bytes.get() << 16)) / 8388608.0;
      case SIGNED_32 -> bytes.getInt() / 2147483648.0;
      case FLOAT_32 -> bytes.getFloat();
      case FLOAT_64 -> bytes.getDouble();
    };
  }
}
