package org.latentspace.explorer.outlet;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jboss.logging.Logger;

/**
 * Changes of the pairs on disk: written at the end and forced before they count.
 *
 * <pre>
 *   "LSEPAIR1"  | length 4 | CRC-32 of the rest 4 | kind 1 | body length-1 |  ...
 * </pre>
 *
 * An end that a crash has torn off is cut away; a damaged change in the middle is left out. One
 * process at a time has the file.
 */
final class PairFile implements AutoCloseable {
  static final String NAME = "pairs.log";

  private static final Logger LOG = Logger.getLogger(PairFile.class);
  private static final byte[] HEADER = "LSEPAIR1".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME = 8;
  private static final int LONGEST = 64 << 10;

  /**
   * A change.
   *
   * @param kind any, to be told by who writes it
   */
  record Change(byte kind, byte[] body) {}

  /** Hears what is on disk, oldest first. */
  interface Reader {
    /** A body that cannot be read is IOException, and left out. */
    void read(Change change) throws IOException;
  }

  private final Path path;
  private final FileChannel lockChannel;
  private FileChannel channel;
  private long end;

  /**
   * Opens or begins the file of a folder, which need not exist.
   *
   * @throws IOException with one line: it cannot be had, or is no such file
   */
  PairFile(Path folder, Reader reader) throws IOException {
    path = folder.resolve(NAME);
    Files.createDirectories(folder);
    lockChannel = lock(folder.resolve("pairs.lock"));
    try {
      channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.size() < HEADER.length) {
        begin(channel);
        forceFolder(folder);
      } else {
        replay(reader);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new IOException(path.getParent() + " is used by another explorer-service");
    }
    return channel;
  }

  /** Throws IOException where the longest change would find no room. */
  static void requireRoom(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path trial = folder.resolve("pairs.trial");
    try (FileChannel file =
        FileChannel.open(
            trial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      write(file, ByteBuffer.allocate(LONGEST), 0);
      file.force(true);
    }
  }

  private void begin(FileChannel file) throws IOException {
    file.truncate(0);
    write(file, ByteBuffer.wrap(HEADER), 0);
    file.force(true);
    end = HEADER.length;
  }

  private void replay(Reader reader) throws IOException {
    // Closed with the channel.
    DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Channels.newInputStream(channel.position(0)), 1 << 16));
    if (!Arrays.equals(in.readNBytes(HEADER.length), HEADER)) {
      throw new IOException(path + " is no file of pairs");
    }
    long size = channel.size();
    long at = HEADER.length;
    int damaged = 0;
    end = at;
    while (size - at >= FRAME) {
      int length = in.readInt();
      int crc = in.readInt();
      if (length < 1 || length > LONGEST || length > size - at - FRAME) {
        break;
      }
      byte[] body = in.readNBytes(length);
      at += FRAME + length;
      if (crc(body) == crc && hears(reader, body)) {
        end = at;
      } else {
        damaged++;
      }
    }
    cut(size, damaged);
  }

  private static boolean hears(Reader reader, byte[] body) {
    try {
      reader.read(new Change(body[0], Arrays.copyOfRange(body, 1, body.length)));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Cuts what no crash can have left whole; what no crash can have torn is laid aside. */
  private void cut(long size, int damaged) throws IOException {
    if (damaged > 0) {
      LOG.warnf("%s: %d damaged changes were left out", path, damaged);
    }
    if (end == size) {
      return;
    }
    if (size - end > LONGEST + FRAME) {
      Path aside = path.resolveSibling(NAME + ".damaged");
      Files.copy(path, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.warnf("%s: %d bytes cannot be read; the whole is in %s", path, size - end, aside);
    }
    channel.truncate(end);
    channel.force(true);
  }

  /**
   * Writes changes at the end.
   *
   * @param force returns when the disk has them, instead of some time before that
   * @throws IOException nothing of them counts
   */
  void append(boolean force, Change... changes) throws IOException {
    long before = end;
    try {
      for (Change change : changes) {
        ByteBuffer frame = frame(change);
        int length = frame.remaining();
        write(channel, frame, end);
        end += length;
      }
      if (force) {
        channel.force(false);
      }
    } catch (IOException e) {
      end = before;
      channel.truncate(before);
      throw e;
    }
  }

  /** Puts a new file with these changes in the place of the old one, all or nothing. */
  void rewrite(List<Change> changes) throws IOException {
    Path next = path.resolveSibling(NAME + ".next");
    FileChannel file =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    long was = end;
    try {
      begin(file);
      for (Change change : changes) {
        ByteBuffer frame = frame(change);
        int length = frame.remaining();
        write(file, frame, end);
        end += length;
      }
      file.force(true);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(path.getParent());
    } catch (IOException e) {
      end = was;
      file.close();
      throw e;
    }
    channel.close();
    channel = file;
  }

  private static ByteBuffer frame(Change change) throws IOException {
    int length = 1 + change.body.length;
    if (length > LONGEST) {
      throw new IOException("a change of " + length + " bytes: at most " + LONGEST);
    }
    byte[] body = new byte[length];
    body[0] = change.kind;
    System.arraycopy(change.body, 0, body, 1, change.body.length);
    return ByteBuffer.allocate(FRAME + length).putInt(length).putInt(crc(body)).put(body).flip();
  }

  private static int crc(byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    return (int) crc.getValue();
  }

  private static void write(FileChannel to, ByteBuffer bytes, long at) throws IOException {
    long place = at;
    while (bytes.hasRemaining()) {
      place += to.write(bytes, place);
    }
  }

  /**
   * A new name is on disk when its folder is; where folders cannot be forced, nothing is needed.
   */
  private static void forceFolder(Path folder) {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      LOG.debugf("%s cannot be forced: %s", folder, e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    try (FileChannel locked = lockChannel) {
      if (channel != null) {
        channel.close();
      }
    }
  }
}
