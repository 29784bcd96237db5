package org.latentspace.audio.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
  private final ByteBuffer piece;
  private long framesLeft;
  private long bytesLeft;

  private WavFile(Path path, FileChannel channel, WavHeader header) {
    this.path = path;
    this.channel = channel;
    this.header = header;
    this.piece = ByteBuffer.allocate(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    this.framesLeft = header.frames();
    this.bytesLeft = header.frames() * header.format().frameBytes();
  }

  /**
   * Opens a recording and checks it as far as its header tells.
   *
   * @throws SoundFault with one line that names the file and what is wrong with it
   */
  public static WavFile open(Path path) throws SoundFault {
    if (!Files.exists(path)) {
      throw new SoundFault(path + ": no such file");
    }
    if (!Files.isRegularFile(path)) {
      throw new SoundFault(path + ": not a file");
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      WavHeader header = WavHeader.read(channel);
      channel.position(header.dataStart());
      return new WavFile(path, channel, header);
    } catch (IOException | RuntimeException fault) {
      closeQuietly(channel);
      String what = fault instanceof SoundFault ? fault.getMessage() : "cannot be read: " + fault;
      throw new SoundFault(path + ": " + what, fault);
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
  public int read(float[] samples, int count) throws SoundFault {
    int frameBytes = header.format().frameBytes();
    int wanted = (int) Math.min(count, framesLeft);
    int done = 0;
    while (done < wanted) {
      if (piece.remaining() < frameBytes) {
        refill();
      }
      int now = Math.min(wanted - done, piece.remaining() / frameBytes);
      header.format().toMono(piece, samples, done, now);
      done += now;
    }
    framesLeft -= done;
    return done;
  }

  /** Leaves at least one whole frame in the piece. */
  private void refill() throws SoundFault {
    piece.compact();
    int room = (int) Math.min(piece.remaining(), bytesLeft);
    piece.limit(piece.position() + room);
    int frameBytes = header.format().frameBytes();
    try {
      while (piece.position() < frameBytes) {
        int read = channel.read(piece);
        if (read < 0) {
          throw new SoundFault(path + ": became shorter while it was played");
        }
        bytesLeft -= read;
      }
    } catch (SoundFault fault) {
      throw fault;
    } catch (IOException fault) {
      throw new SoundFault(path + ": cannot be read further: " + fault, fault);
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
