package org.latentspace.kept;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One number in a file, written in place: how far somebody has come. It survives the end of the
 * process; after a power cut it may be an older one, or {@link #NONE}: then records come again.
 */
final class NumberFile implements AutoCloseable {
  /** Nothing yet. */
  static final long NONE = -1;

  private final FileChannel file;
  private final ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);

  NumberFile(Path path) throws IOException {
    Files.createDirectories(path.getParent());
    file = Frames.open(path);
  }

  long read() throws IOException {
    bytes.clear();
    while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
      // Reads on.
    }
    return !bytes.hasRemaining() && bytes.getInt(Long.BYTES) == checksum()
        ? bytes.getLong(0)
        : NONE;
  }

  void write(long number) throws IOException {
    bytes.clear().putLong(number).putInt(0).putInt(Long.BYTES, 0);
    bytes.putInt(Long.BYTES, checksum()).flip();
    file.write(bytes, 0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private int checksum() {
    return Frames.checksum(bytes.array(), Long.BYTES);
  }
}
