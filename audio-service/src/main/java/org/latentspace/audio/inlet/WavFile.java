package org.latentspace.audio.inlet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.audio.sound.ChannelMix;
import org.latentspace.audio.sound.SoundSource;

/**
 * A recording that is read from disk piece by piece, so that its length does not matter.
 *
 * <p>RIFF/WAVE and WAVE_FORMAT_EXTENSIBLE; PCM of 8, 16, 24 and 32 bits, IEEE float of 32 and 64;
 * 1..8 channels; 8..192 kHz.
 */
public final class WavFile implements SoundSource {
  private static final int PIECE_BYTES = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final WavHeader header;
  private final ChannelMix mix;
  private final boolean loop;
  private final ByteBuffer piece;
  private long framesLeft;
  private long bytesLeft;
  private List<String> mixWarnings = List.of();
  private List<String> warnings;

  private WavFile(Path path, FileChannel channel, WavHeader header, Use use) {
    this.path = path;
    this.channel = channel;
    this.header = header;
    this.mix = new ChannelMix(header.format(), use.channel(), header.sampleRate());
    this.loop = use.loop();
    this.warnings = named(header.warnings());
    this.piece = ByteBuffer.allocate(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  }

  /**
   * What is wanted of a recording.
   *
   * @param channel the only one to be read, from 1; 0 = the mean of all
   * @param loop begin again at the end, for ever
   */
  public record Use(int channel, boolean loop) {
    public static final Use WHOLE = new Use(0, false);
  }

  /** Opens a recording to be read once, as the mean of its channels. */
  public static WavFile open(Path path) throws Fault {
    return open(path, Use.WHOLE);
  }

  /**
   * Opens a recording and checks it as far as its header tells.
   *
   * @throws Fault with one line that names the file and what is wrong with it
   */
  public static WavFile open(Path path, Use use) throws Fault {
    if (!Files.exists(path)) {
      throw new Fault(path + ": no such file");
    }
    if (!Files.isRegularFile(path)) {
      throw new Fault(path + ": not a file");
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      WavHeader header = WavHeader.read(channel);
      int channels = header.format().channels();
      if (use.channel() > channels) {
        throw new Fault(
            "channel " + use.channel() + " is not there, it has " + channels + ", counted from 1");
      }
      WavFile wav = new WavFile(path, channel, header, use);
      wav.rewind();
      return wav;
    } catch (IOException | RuntimeException fault) {
      closeQuietly(channel);
      throw fault(path, fault);
    }
  }

  @Override
  public int sampleRate() {
    return header.sampleRate();
  }

  /** Channels in the file. */
  public int channels() {
    return header.format().channels();
  }

  /** Frames in the whole file. */
  public long frames() {
    return header.frames();
  }

  @Override
  public int read(float[] samples, int count) throws Fault {
    int frameBytes = header.format().frameBytes();
    int done = 0;
    while (done < count && (framesLeft > 0 || loop)) {
      fill(frameBytes);
      int now = (int) Math.min(Math.min(count - done, framesLeft), piece.remaining() / frameBytes);
      mix.toMono(piece, samples, done, now);
      done += now;
      framesLeft -= now;
    }
    if (framesLeft == 0) {
      mix.end();
    }
    return done;
  }

  @Override
  public List<String> warnings() {
    if (mix.warnings() != mixWarnings) {
      mixWarnings = mix.warnings();
      List<String> all = new ArrayList<>(header.warnings());
      all.addAll(mixWarnings);
      warnings = named(all);
    }
    return warnings;
  }

  private List<String> named(List<String> lines) {
    return lines.stream().map(line -> path + ": " + line).toList();
  }

  private void rewind() throws IOException {
    channel.position(header.dataStart());
    piece.clear().limit(0);
    framesLeft = header.frames();
    bytesLeft = header.frames() * header.format().frameBytes();
  }

  /** Leaves at least one whole frame in the piece. */
  private void fill(int frameBytes) throws Fault {
    try {
      if (framesLeft == 0) {
        rewind();
      }
      if (piece.remaining() < frameBytes) {
        refill(frameBytes);
      }
    } catch (IOException fault) {
      throw fault(path, fault);
    }
  }

  private static Fault fault(Path path, Exception fault) {
    String what = fault instanceof Fault ? fault.getMessage() : "cannot be read: " + fault;
    return new Fault(path + ": " + what, fault);
  }

  private void refill(int frameBytes) throws IOException {
    piece.compact();
    int room = (int) Math.min(piece.remaining(), bytesLeft);
    piece.limit(piece.position() + room);
    while (piece.position() < frameBytes) {
      int read = channel.read(piece);
      if (read < 0) {
        throw new Fault("became shorter while it was played");
      }
      bytesLeft -= read;
    }
    piece.flip();
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException nothingLost) {
      // It was only read.
    }
  }
}
