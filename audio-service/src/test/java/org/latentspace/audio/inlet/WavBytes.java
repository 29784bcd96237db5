package org.latentspace.audio.inlet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.latentspace.audio.sound.SampleFormat;

/** Writes WAV files of every kind that is read, for tests. */
public final class WavBytes {
  private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

  public WavBytes chunk(String name, byte[] content) {
    ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    head.put(name.getBytes(StandardCharsets.ISO_8859_1)).putInt(content.length);
    chunks.writeBytes(head.array());
    chunks.writeBytes(content);
    if (content.length % 2 == 1) {
      chunks.write(0);
    }
    return this;
  }

  /** A "fmt " chunk; extensible ones carry the tag as a sub-format. */
  public WavBytes format(SampleFormat format, int rate, boolean extensible) {
    boolean real = format.encoding().name().startsWith("FLOAT");
    int tag = real ? 3 : 1;
    ByteBuffer fmt = ByteBuffer.allocate(extensible ? 40 : 16).order(ByteOrder.LITTLE_ENDIAN);
    fmt.putShort((short) (extensible ? 0xfffe : tag)).putShort((short) format.channels());
    fmt.putInt(rate).putInt(rate * format.frameBytes()).putShort((short) format.frameBytes());
    fmt.putShort((short) (8 * format.encoding().bytes()));
    if (extensible) {
      fmt.putShort((short) 22).putShort((short) (8 * format.encoding().bytes())).putInt(3);
      fmt.putInt(tag).putInt(0x00100000).putInt(0xaa000080).putInt(0x719b3800);
    }
    return chunk("fmt ", fmt.array());
  }

  /** A "data" chunk with interleaved samples. */
  public WavBytes data(SampleFormat.Encoding encoding, double[] interleaved) {
    ByteBuffer data =
        ByteBuffer.allocate(interleaved.length * encoding.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : interleaved) {
      switch (encoding) {
        case UNSIGNED_8 -> data.put((byte) (Math.round(value * 128) + 128));
        case SIGNED_16 -> data.putShort((short) Math.round(value * 32768));
        case SIGNED_24 -> {
          int whole = (int) Math.round(value * 8388608);
          data.putShort((short) whole).put((byte) (whole >> 16));
        }
        case SIGNED_32 -> data.putInt((int) Math.round(value * 2147483648.0));
        case FLOAT_32 -> data.putFloat((float) value);
        case FLOAT_64 -> data.putDouble(value);
      }
    }
    return chunk("data", data.array());
  }

  public byte[] bytes() {
    ByteBuffer file = ByteBuffer.allocate(12 + chunks.size()).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(4 + chunks.size());
    file.put("WAVE".getBytes(StandardCharsets.ISO_8859_1)).put(chunks.toByteArray());
    return file.array();
  }

  /** A mono file of 16 bits with a sine of a quarter of full scale. */
  public static byte[] sine(double seconds, int rate) {
    double[] samples = new double[(int) (seconds * rate)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 0.25 * Math.sin(2 * Math.PI * 440 * i / rate);
    }
    SampleFormat format = new SampleFormat(SampleFormat.Encoding.SIGNED_16, 1);
    return new WavBytes()
        .format(format, rate, false)
        .data(SampleFormat.Encoding.SIGNED_16, samples)
        .bytes();
  }
}
