package org.latentspace.audio.inlet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.latentspace.audio.sound.SampleFormat;
import org.latentspace.audio.sound.SoundSource;

/**
 * Where the sound lies in a RIFF/WAVE file and how it is written.
 *
 * <p>Follows "Multimedia Programming Interface and Data Specifications 1.0" (RIFF, chunks padded to
 * even lengths) and Microsoft's WAVE_FORMAT_EXTENSIBLE. Chunks other than {@code fmt} and {@code
 * data} are skipped. Where the length of the sound is not known, it ends before the chunks that
 * stand after it, or with the file.
 *
 * @param warnings lines for people about what is wrong with a file that can be read all the same
 */
record WavHeader(
    SampleFormat format, int sampleRate, long dataStart, long frames, List<String> warnings) {
  private static final int MAX_CHUNKS = 1000;
  private static final int PCM = 1;
  private static final int IEEE_FLOAT = 3;
  private static final int EXTENSIBLE = 0xfffe;

  /**
   * A recorder that writes to a pipe cannot know the length and announces one that no pipe reaches:
   * sox 0x7ffff000 less what is no whole frame, arecord 0x80000000, ffmpeg 0xffffffff.
   */
  private static final long UNKNOWN_LENGTH = 0x7fff0000L;

  /** So many bytes before a file's end chunks behind the sound are looked for. */
  private static final int MOST_BEHIND = 1 << 20;

  /** Bytes 2..15 of every sub-format that only wraps one of the old format numbers. */
  private static final byte[] SUB_FORMAT_TAIL = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
  };

  private record Format(SampleFormat samples, int sampleRate) {}

  /**
   * Reads the header of a file.
   *
   * @throws SoundSource.Fault saying what is wrong, without the file's name
   */
  static WavHeader read(SeekableByteChannel file) throws IOException {
    if (file.size() == 0) {
      throw new SoundSource.Fault("not a WAV file: it is empty");
    }
    ByteBuffer riff = bytes(file, 12, "the RIFF header");
    String container = text(riff);
    riff.getInt();
    String kind = text(riff);
    if (!container.equals("RIFF") || !kind.equals("WAVE")) {
      throw new SoundSource.Fault(
          "not a WAV file: it begins with \"" + container + "\", not with \"RIFF\"...\"WAVE\"");
    }
    Format format = null;
    for (int chunk = 0; chunk < MAX_CHUNKS; chunk++) {
      if (file.size() - file.position() < 8) {
        throw new SoundSource.Fault(
            "no \"" + (format == null ? "fmt " : "data") + "\" chunk in it");
      }
      ByteBuffer head = bytes(file, 8, "a chunk's header");
      String name = text(head);
      long length = head.getInt() & 0xffffffffL;
      if (name.equals("data")) {
        return data(file, format, length);
      }
      long next = file.position() + length + (length & 1);
      if (name.equals("fmt ")) {
        format = format(file, length);
      }
      file.position(Math.min(next, file.size()));
    }
    throw new SoundSource.Fault("more than " + MAX_CHUNKS + " chunks before the sound");
  }

  private static WavHeader data(SeekableByteChannel file, Format format, long length)
      throws IOException {
    if (format == null) {
      throw new SoundSource.Fault("the \"data\" chunk stands before the \"fmt \" chunk");
    }
    long start = file.position();
    long there = file.size() - start;
    List<String> warnings = List.of();
    if (length == 0 || (length >= UNKNOWN_LENGTH && length > there)) {
      long announced = length;
      length = there - behind(file, there);
      if (announced == 0 && length > 0) {
        warnings =
            List.of(
                "its header says that there is no sound (a recorder that did not end well?); the "
                    + length
                    + " bytes behind it are read as sound");
      }
    } else if (length > there) {
      warnings =
          List.of(
              "cut off: "
                  + length
                  + " bytes of sound announced, "
                  + there
                  + " in the file are read");
      length = there;
    }
    long frames = length / format.samples.frameBytes();
    if (frames == 0) {
      throw new SoundSource.Fault("holds no sound: its \"data\" chunk is empty");
    }
    return new WavHeader(format.samples, format.sampleRate, start, frames, warnings);
  }

  /** Bytes at the file's end, of those that are there, that are whole chunks and so no sound. */
  private static long behind(SeekableByteChannel file, long there) throws IOException {
    int count = (int) Math.min(there, MOST_BEHIND);
    long from = file.size() - count;
    file.position(from);
    ByteBuffer tail = bytes(file, count, "the sound");
    // Chunks begin at even places of the file.
    for (int place = (int) (from & 1); place + 8 <= count; place += 2) {
      if (isChunks(tail, place)) {
        return count - place;
      }
    }
    return 0;
  }

  /** Whether nothing but chunks, one behind the other, lies from here to the end. */
  private static boolean isChunks(ByteBuffer tail, int place) {
    long next = place;
    for (int chunk = 0; chunk < MAX_CHUNKS && next + 8 <= tail.limit(); chunk++) {
      for (int letter = 0; letter < 4; letter++) {
        byte each = tail.get((int) next + letter);
        if (each < ' ' || each > '~') {
          return false;
        }
      }
      long length = tail.getInt((int) next + 4) & 0xffffffffL;
      next += 8 + length + (length & 1);
    }
    // The last one may lack its pad byte.
    return next == tail.limit() || next == tail.limit() + 1L;
  }

  private static Format format(SeekableByteChannel file, long length) throws IOException {
    if (length < 16) {
      throw new SoundSource.Fault(
          "its \"fmt \" chunk has " + length + " bytes, at least 16 are needed");
    }
    ByteBuffer chunk = bytes(file, (int) Math.min(length, 40), "the \"fmt \" chunk");
    int tag = chunk.getShort() & 0xffff;
    int channels = chunk.getShort() & 0xffff;
    long rate = chunk.getInt() & 0xffffffffL;
    chunk.getInt();
    int frameBytes = chunk.getShort() & 0xffff;
    int bits = chunk.getShort() & 0xffff;
    if (tag == EXTENSIBLE) {
      tag = subFormat(chunk);
    }
    if (channels < 1 || channels > SampleFormat.MAX_CHANNELS) {
      throw new SoundSource.Fault(
          channels + " channels, 1.." + SampleFormat.MAX_CHANNELS + " can be read");
    }
    if (rate < 8000 || rate > 192_000) {
      throw new SoundSource.Fault("sample rate " + rate + " Hz, 8000..192000 can be read");
    }
    SampleFormat samples = new SampleFormat(encoding(tag, bits), channels);
    if (frameBytes != samples.frameBytes()) {
      throw new SoundSource.Fault(
          "a frame of " + frameBytes + " bytes does not fit " + channels + " x " + bits + " bits");
    }
    return new Format(samples, (int) rate);
  }

  private static int subFormat(ByteBuffer chunk) throws SoundSource.Fault {
    if (chunk.limit() < 40) {
      throw new SoundSource.Fault("its extensible \"fmt \" chunk is too short to name the format");
    }
    chunk.position(24);
    int tag = chunk.getShort() & 0xffff;
    for (byte expected : SUB_FORMAT_TAIL) {
      if (chunk.get() != expected) {
        throw new SoundSource.Fault("unknown extensible format, PCM and IEEE float can be read");
      }
    }
    return tag;
  }

  private static SampleFormat.Encoding encoding(int tag, int bits) throws SoundSource.Fault {
    if (tag == PCM) {
      return switch (bits) {
        case 8 -> SampleFormat.Encoding.UNSIGNED_8;
        case 16 -> SampleFormat.Encoding.SIGNED_16;
        case 24 -> SampleFormat.Encoding.SIGNED_24;
        case 32 -> SampleFormat.Encoding.SIGNED_32;
        default ->
            throw new SoundSource.Fault(bits + "-bit PCM, 8, 16, 24 and 32 bits can be read");
      };
    }
    if (tag == IEEE_FLOAT && (bits == 32 || bits == 64)) {
      return bits == 32 ? SampleFormat.Encoding.FLOAT_32 : SampleFormat.Encoding.FLOAT_64;
    }
    throw new SoundSource.Fault(
        "format " + tag + " with " + bits + " bits, PCM (1) and IEEE float (3) can be read");
  }

  private static String text(ByteBuffer bytes) {
    byte[] name = new byte[4];
    bytes.get(name);
    // Only printable characters go into a message that a terminal shows.
    return new String(name, StandardCharsets.ISO_8859_1).replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static ByteBuffer bytes(SeekableByteChannel file, int count, String what)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (file.read(buffer) < 0) {
        throw new SoundSource.Fault("not a whole WAV file: it ends within " + what);
      }
    }
    return buffer.flip();
  }
}
