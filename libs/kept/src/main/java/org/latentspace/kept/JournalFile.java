package org.latentspace.kept;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jboss.logging.Logger;
import org.latentspace.storage.AtomicFile;
import org.latentspace.wire.FolderLock;

/**
 * A journal in one file that survives a crash: records are written at its end and forced before
 * they count.
 *
 * <pre>
 *   "LSE-JRN2" | length 4 | CRC-32C of the record 4 | record | ...
 * </pre>
 *
 * <p>An end that a crash has torn off is cut away. A damaged record in the middle is left out, and
 * the damaged file is kept as FILE.damaged. One process at a time has the file.
 */
public final class JournalFile implements AutoCloseable {
  /** Bytes of the longest record. */
  public static final int LONGEST = 256 << 20;

  private static final Logger LOG = Logger.getLogger(JournalFile.class);
  private static final byte[] HEADER = "LSE-JRN2".getBytes(StandardCharsets.US_ASCII);
  // No crash tears off more of what was written at once than this without notice.
  private static final long MOST_TORN = 64 << 10;

  /** Hears what is on the disk, oldest first. */
  public interface Reader {
    /** Throws IOException or IllegalArgumentException for a record that cannot be read. */
    void read(byte[] bytes) throws IOException;
  }

  private final Path path;
  private final FolderLock lock;
  private FileChannel channel;
  private long end;

  /**
   * Opens or begins a file, whose folder need not exist.
   *
   * @throws IOException with one line: it cannot be had, or is no journal, and is left as it is
   */
  public JournalFile(Path path, Reader reader) throws IOException {
    this.path = path.toAbsolutePath();
    Files.createDirectories(this.path.getParent());
    lock = FolderLock.ofFile(this.path);
    try {
      Files.deleteIfExists(draft());
      channel = Frames.open(path);
      if (channel.size() < HEADER.length) {
        begin(channel);
        AtomicFile.forceFolder(this.path.getParent());
      } else {
        replay(reader);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Path draft() {
    return path.resolveSibling(path.getFileName() + ".draft");
  }

  private void begin(FileChannel file) throws IOException {
    file.truncate(0);
    end = Frames.write(file, ByteBuffer.wrap(HEADER), 0);
    file.force(true);
  }

  private void replay(Reader reader) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER.length);
    channel.read(header, 0);
    if (!Arrays.equals(header.array(), HEADER)) {
      throw new IOException(path + " is no journal of this product");
    }
    Frames.Found found =
        Frames.scan(channel, HEADER.length, LONGEST, (at, bytes) -> hears(reader, bytes));
    end = found.wholeBytes();
    cut(found.fileBytes() - end, found.damaged());
  }

  private static boolean hears(Reader reader, byte[] bytes) {
    try {
      reader.read(bytes);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Cuts what a crash has torn; the whole file is laid aside where it was none. */
  private void cut(long torn, int damaged) throws IOException {
    if (damaged > 0 || torn > MOST_TORN) {
      Path aside = path.resolveSibling(path.getFileName() + ".damaged");
      Files.copy(path, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.warnf(
          "%s: %d damaged records left out, %d bytes at the end cannot be read; kept as %s",
          path, damaged, torn, aside);
    }
    if (torn > 0) {
      channel.truncate(end);
      channel.force(true);
    }
  }

  /**
   * Writes a record at the end.
   *
   * @param force returns when the disk has it, instead of some time before that
   * @throws IOException it does not count
   */
  public void append(boolean force, byte[] bytes) throws IOException {
    ByteBuffer frame = frame(bytes);
    try {
      int length = Frames.write(channel, frame, end);
      if (force) {
        channel.force(false);
      }
      end += length;
    } catch (IOException e) {
      channel.truncate(end);
      throw e;
    }
  }

  /** Puts a new file with these records in the place of the old one, all or nothing. */
  public void rewrite(Iterable<byte[]> records) throws IOException {
    FileChannel file = Frames.open(draft(), StandardOpenOption.TRUNCATE_EXISTING);
    long was = end;
    try {
      begin(file);
      for (byte[] bytes : records) {
        end += Frames.write(file, frame(bytes), end);
      }
      file.force(true);
      AtomicFile.move(draft(), path);
    } catch (IOException | RuntimeException e) {
      end = was;
      file.close();
      throw e;
    }
    channel.close();
    channel = file;
  }

  /** Bytes on the disk. */
  public long bytes() {
    return end;
  }

  /** Throws IOException where so many bytes would find no room beside a file. */
  public static void requireRoom(Path folder, int bytes) throws IOException {
    Files.createDirectories(folder);
    Path trial = folder.resolve("journal.trial");
    try (FileChannel file = Frames.open(trial, StandardOpenOption.DELETE_ON_CLOSE)) {
      Frames.write(file, ByteBuffer.allocate(bytes), 0);
      file.force(true);
    }
  }

  private static ByteBuffer frame(byte[] bytes) throws IOException {
    if (bytes.length > LONGEST) {
      throw new IOException("a record of " + bytes.length + " bytes: at most " + LONGEST);
    }
    return Frames.frame(bytes);
  }

  @Override
  public void close() throws IOException {
    try (FolderLock held = lock) {
      if (channel != null) {
        channel.close();
      }
    }
  }
}
