package org.latentspace.wire.kept;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.latentspace.wire.FolderLock;

/**
 * What is not yet acknowledged, on disk: one thread writes at the end, another reads from the first
 * that is not acknowledged.
 *
 * <pre>
 *   00...0.spool   00...1024.spool   00...2048.spool      acknowledged
 *   deleted when     ^ reader              ^ writer        (a number), offset
 *   all of it is acknowledged                               (that the log gave it)
 * </pre>
 */
final class Spool implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Spool.class);
  private static final String ENDING = ".spool";

  private final Path folder;
  private final long segmentBytes;
  private final FolderLock own;
  private final NumberFile acknowledgedFile;
  private final NumberFile offsetFile;
  // Number of the first frame to file; guarded by this.
  private final TreeMap<Long, Path> segments = new TreeMap<>();
  private long acknowledged;
  private long offset;
  private long newest;
  private int torn;
  // Read by who plays, who must not wait for a file.
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong waitingBytes = new AtomicLong();

  // The writer's.
  private FileChannel out;

  // The reader's.
  private FileChannel in;
  private long inSegment = -1;
  private long inPosition;
  private long read;

  /**
   * @param segmentBytes a file is followed by another when it is longer
   * @throws IOException if the folder cannot be had
   */
  Spool(Path folder, long segmentBytes) throws IOException {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.own = Own.take(folder);
    try {
      acknowledgedFile = new NumberFile(folder.resolve("acknowledged"));
      acknowledged = acknowledgedFile.read();
      offsetFile = new NumberFile(folder.resolve("offset"));
      offset = offsetFile.read();
      newest = acknowledged;
      read = acknowledged;
      open();
    } catch (IOException e) {
      own.close();
      throw e;
    }
  }

  /**
   * Writes all of them and returns when the disk has them; who calls it counts them, at the moment
   * when they cease to count elsewhere.
   *
   * @return their bytes
   */
  long append(List<Pending> values) throws IOException {
    long number = newest() + 1;
    long bytes = 0;
    if (out == null || out.position() >= segmentBytes) {
      roll(number);
    }
    long before = out.position();
    try {
      for (Pending value : values) {
        ByteBuffer frame = Frames.encode(number++, value.key(), value.value());
        bytes += frame.remaining();
        Frames.writeFully(out, frame);
      }
      out.force(false);
    } catch (IOException e) {
      abandon(before);
      throw e;
    }
    synchronized (this) {
      newest = number - 1;
    }
    return bytes;
  }

  /** What was appended waits from now on. */
  void count(int frames, long bytes) {
    waiting.addAndGet(frames);
    waitingBytes.addAndGet(bytes);
  }

  /** Returns the next that is not acknowledged and was not read yet; null if there is none. */
  Frames.Frame next() throws IOException {
    while (read < newest()) {
      if (in == null && !openToRead()) {
        return null;
      }
      int length = Frames.lengthAt(in, inPosition);
      if (length < 0) {
        leaveSegment();
        continue;
      }
      Frames.Frame frame = Frames.read(in, inPosition);
      if (frame != null && frame.number() > newest()) {
        // Being written now.
        return null;
      }
      inPosition += length;
      if (frame != null && frame.number() > read) {
        read = frame.number();
        return frame;
      }
    }
    return null;
  }

  /** Reads again from the first that is not acknowledged. */
  void rewind() throws IOException {
    closeIn();
    inSegment = -1;
    synchronized (this) {
      read = acknowledged;
    }
  }

  /** All up to this number have arrived, the last of them at this offset. */
  void acknowledge(long number, long at, int frames, long bytes) throws IOException {
    synchronized (this) {
      acknowledged = number;
      offset = at;
    }
    offsetFile.write(at);
    waiting.addAndGet(-frames);
    waitingBytes.addAndGet(-bytes);
    acknowledgedFile.write(number);
    synchronized (this) {
      while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= number + 1) {
        Map.Entry<Long, Path> first = segments.firstEntry();
        if (first.getKey() == inSegment) {
          closeIn();
        }
        Files.deleteIfExists(first.getValue());
        segments.remove(first.getKey());
      }
    }
  }

  long waiting() {
    return waiting.get();
  }

  long waitingBytes() {
    return waitingBytes.get();
  }

  /** How many ends were torn off by a crash, and damaged frames passed over. */
  synchronized int torn() {
    return torn;
  }

  /** Number of the last that was written. */
  synchronized long newest() {
    return newest;
  }

  /** Tells how far all have arrived, and what the log gave the last of them. */
  synchronized void tell(Settling settling) {
    settling.reached(acknowledged, offset);
  }

  @Override
  public void close() throws IOException {
    closeIn();
    if (out != null) {
      out.close();
    }
    acknowledgedFile.close();
    offsetFile.close();
    own.close();
  }

  private void open() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        segments.put(Long.parseLong(name.substring(0, name.length() - ENDING.length())), file);
      }
    } catch (NumberFormatException e) {
      throw new IOException(folder + " holds a foreign file: " + e.getMessage(), e);
    }
    for (Path file : segments.values()) {
      scan(file);
    }
  }

  private void scan(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, READ, WRITE)) {
      Frames.Found found =
          Frames.scan(
              file,
              (position, length, frame) -> {
                newest = Math.max(newest, frame.number());
                if (frame.number() > acknowledged) {
                  waiting.incrementAndGet();
                  waitingBytes.addAndGet(length);
                }
              });
      torn += found.damaged();
      if (found.torn()) {
        torn++;
        LOG.warnf(
            "%s: its last %d bytes were not whole: a value that was being kept when the process"
                + " was killed",
            path, found.fileBytes() - found.wholeBytes());
        file.truncate(found.wholeBytes());
      }
    }
  }

  private void roll(long first) throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
    Path path = folder.resolve(String.format("%020d%s", first, ENDING));
    out = FileChannel.open(path, CREATE, TRUNCATE_EXISTING, WRITE);
    synchronized (this) {
      segments.put(first, path);
    }
  }

  /** After a failed write: what is half written goes; the next write begins another file. */
  private void abandon(long before) {
    try (FileChannel failed = out) {
      out = null;
      failed.truncate(before);
    } catch (IOException e) {
      LOG.warnf("%s: %s", folder, e.getMessage());
    }
  }

  private synchronized boolean openToRead() throws IOException {
    Long segment = inSegment < 0 ? segments.floorKey(read + 1) : segments.higherKey(inSegment);
    if (segment == null && inSegment < 0) {
      segment = segments.ceilingKey(read + 1);
    }
    if (segment == null) {
      return false;
    }
    in = FileChannel.open(segments.get(segment), READ);
    inSegment = segment;
    inPosition = 0;
    return true;
  }

  /** At the end of a segment: the next one, if there is one. */
  private void leaveSegment() throws IOException {
    boolean last;
    synchronized (this) {
      last = segments.higherKey(inSegment) == null;
    }
    if (last) {
      throw new IOException(segments.get(inSegment) + " is damaged at byte " + inPosition);
    }
    closeIn();
  }

  private void closeIn() throws IOException {
    if (in != null) {
      in.close();
      in = null;
    }
  }
}
