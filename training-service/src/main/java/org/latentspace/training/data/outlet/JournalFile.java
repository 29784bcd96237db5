package org.latentspace.training.data.outlet;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jboss.logging.Logger;
import org.latentspace.training.data.Journal;

/**
 * A journal in one file that survives a crash: what is torn at its end is cut off.
 *
 * <pre>
 *   8 bytes "LSE-JRN1", then frames:
 *     int32 length of the body, int32 CRC-32C of the body, body: changes, one after the other
 *   an append is one frame and one fsync, so it is there as a whole or not at all
 * </pre>
 *
 * <p>When the file has doubled since it was last written anew, it is written anew beside itself and
 * put in its place. A damaged frame that is not the last is passed over, and the damaged file kept.
 */
public final class JournalFile<C> implements Journal<C> {
  private static final Logger LOG = Logger.getLogger(JournalFile.class);
  private static final byte[] MAGIC = "LSE-JRN1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 8;
  private static final int LARGEST_FRAME = 256 << 20;
  private static final long WORTH_WRITING_ANEW = 1 << 20;

  private final Path path;
  private final Codec<C> codec;
  private FileChannel file;
  private FileChannel lockFile;
  private FileLock lock;
  private volatile long size;
  private long sizeWhenNew;

  JournalFile(Path path, Codec<C> codec) {
    this.path = path;
    this.codec = codec;
  }

  @Override
  public void open(Consumer<C> each) throws IOException {
    close();
    Files.createDirectories(path.toAbsolutePath().getParent());
    try {
      takeLock();
      Files.deleteIfExists(draft());
      file =
          FileChannel.open(
              path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      if (file.size() < MAGIC.length) {
        file.truncate(0);
        write(file, ByteBuffer.wrap(MAGIC));
        file.force(true);
        forceFolder();
      }
      size = readAll(each);
      if (size < file.size()) {
        LOG.warn(path + ": cut " + (file.size() - size) + " torn bytes off its end");
        file.truncate(size);
        file.force(true);
      }
      sizeWhenNew = size;
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  @Override
  public void append(List<C> changes, Supplier<Iterable<C>> whole) throws IOException {
    if (file == null) {
      throw new IOException(path + " is not open");
    }
    if (size > WORTH_WRITING_ANEW && size > 2 * sizeWhenNew) {
      writeAnew(whole.get());
    }
    ByteBuffer frame = frame(changes);
    try {
      file.position(size);
      write(file, frame);
      file.force(false);
      size = file.position();
    } catch (IOException failed) {
      try {
        file.truncate(size);
      } catch (IOException worse) {
        failed.addSuppressed(worse);
      }
      throw failed;
    }
  }

  @Override
  public long bytes() {
    return size;
  }

  @Override
  public void close() {
    for (AutoCloseable each : new AutoCloseable[] {file, lock, lockFile}) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception ignored) {
        LOG.debugf("%s closed badly: %s", path, ignored);
      }
    }
    file = null;
    lock = null;
    lockFile = null;
  }

  private void takeLock() throws IOException {
    lockFile =
        FileChannel.open(
            path.resolveSibling(path.getFileName() + ".lock"),
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE);
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException taken) {
      throw new IOException(path + " is in use by this process already", taken);
    }
    if (lock == null) {
      throw new IOException(path + " is in use by another process");
    }
  }

  /** Returns where the last whole frame ends. */
  private long readAll(Consumer<C> each) throws IOException {
    long length = file.size();
    file.position(0);
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(file), 1 << 16));
    if (!java.util.Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new IOException(path + " is no journal of this product");
    }
    long position = MAGIC.length;
    long end = position;
    int damaged = 0;
    int pending = 0;
    while (length - position >= HEADER) {
      int body = in.readInt();
      int checksum = in.readInt();
      if (body < 0 || body > LARGEST_FRAME || body > length - position - HEADER) {
        break;
      }
      byte[] bytes = in.readNBytes(body);
      position += HEADER + body;
      if (checksum == checksum(bytes) && tell(bytes, each)) {
        damaged += pending;
        pending = 0;
        end = position;
      } else {
        pending++;
      }
    }
    if (damaged > 0) {
      Path copy = path.resolveSibling(path.getFileName() + ".damaged");
      Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
      LOG.warn(path + ": passed over " + damaged + " damaged frames; the file is kept as " + copy);
    }
    return end;
  }

  private boolean tell(byte[] bytes, Consumer<C> each) {
    List<C> changes = new ArrayList<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      while (in.available() > 0) {
        changes.add(codec.read(in));
      }
    } catch (IOException | IllegalArgumentException damaged) {
      return false;
    }
    changes.forEach(each);
    return true;
  }

  private void writeAnew(Iterable<C> whole) {
    try {
      long written = MAGIC.length;
      FileChannel anew =
          FileChannel.open(
              draft(),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING);
      try {
        write(anew, ByteBuffer.wrap(MAGIC));
        for (C change : whole) {
          ByteBuffer frame = frame(List.of(change));
          written += frame.remaining();
          write(anew, frame);
        }
        anew.force(true);
        Files.move(draft(), path, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException failed) {
        anew.close();
        throw failed;
      }
      forceFolder();
      file.close();
      file = anew;
      size = written;
      sizeWhenNew = size;
    } catch (IOException failed) {
      // The old file is whole and goes on; the next try is when it has doubled again.
      LOG.warn(path + " cannot be written anew: " + failed);
      sizeWhenNew = size;
    }
  }

  private ByteBuffer frame(List<C> changes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (C change : changes) {
      codec.write(change, out);
    }
    byte[] body = bytes.toByteArray();
    if (body.length > LARGEST_FRAME) {
      throw new IOException("a change of " + body.length + " bytes is too large");
    }
    ByteBuffer frame = ByteBuffer.allocate(HEADER + body.length);
    return frame.putInt(body.length).putInt(checksum(body)).put(body).flip();
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private Path draft() {
    return path.resolveSibling(path.getFileName() + ".draft");
  }

  /** So that a new name lasts, too; some systems cannot do this and need not. */
  private void forceFolder() {
    try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent())) {
      folder.force(true);
    } catch (IOException unsupported) {
      LOG.debugf("cannot fsync the folder of %s: %s", path, unsupported);
    }
  }
}
