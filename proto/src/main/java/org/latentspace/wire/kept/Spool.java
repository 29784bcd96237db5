package org.latentspace.wire.kept;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.latentspace.wire.FolderLock;

/**
 * What is not yet acknowledged, on disk: one thread writes at the end, another reads from the first
 * that is not acknowledged.
 *
 * <pre>
 *   00...0.spool   00...1024.spool   00...2048.spool      Acknowledged
 *   deleted when     ^ reader              ^ writer
 *   all of it is acknowledged
 * </pre>
 *
 * <p>The newest of what is acknowledged stays, as much as a file has: it can be sent again if the
 * log loses it.
 */
final class Spool implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Spool.class);

  private final Path folder;
  private final long segmentBytes;
  private final FolderLock own;
  private final Acknowledged acknowledged;
  private final SpoolFiles segments;
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
  // Of those up to a number, which are sent again; the others are not.
  private Set<Long> again = Set.of();
  private long againUpTo = NumberFile.NONE;

  /**
   * @param segmentBytes a file is followed by another when it is longer
   * @throws IOException if the folder cannot be had
   */
  Spool(Path folder, long segmentBytes) throws IOException {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.own = Own.take(folder);
    try {
      acknowledged = new Acknowledged(folder);
      newest = acknowledged.number();
      read = newest;
      segments = new SpoolFiles(folder, segmentBytes);
      for (Path file : segments.all()) {
        scan(file);
      }
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
        if (read > againUpTo || again.contains(read)) {
          return frame;
        }
      }
    }
    return null;
  }

  /** Reads again from the first that is not acknowledged. */
  void rewind() throws IOException {
    closeIn();
    inSegment = -1;
    read = acknowledged.number();
  }

  /**
   * All that is still here waits again, also what was acknowledged.
   *
   * @param compacted of a key, what was acknowledged and has a newer one behind it is left out
   * @return how many do that had been acknowledged
   */
  int unacknowledge(boolean compacted) throws IOException {
    Map<String, Long> newestOfKey = new HashMap<>();
    Map<Long, Integer> lengths = new TreeMap<>();
    long upTo = acknowledged.number();
    for (Path path : segments.all()) {
      try (FileChannel file = FileChannel.open(path, READ)) {
        Frames.scan(
            file,
            (position, length, frame) -> {
              Long older = compacted ? newestOfKey.put(frame.key(), frame.number()) : null;
              lengths.remove(older == null ? NumberFile.NONE : older);
              if (frame.number() <= upTo) {
                lengths.put(frame.number(), length);
              }
            });
      }
    }
    acknowledged.write(NumberFile.NONE);
    again = lengths.keySet();
    againUpTo = upTo;
    count(lengths.size(), lengths.values().stream().mapToLong(Integer::longValue).sum());
    rewind();
    return lengths.size();
  }

  /** All up to this number have arrived. */
  void acknowledge(long number, int frames, long bytes) throws IOException {
    waiting.addAndGet(-frames);
    waitingBytes.addAndGet(-bytes);
    acknowledged.write(number);
    for (long first = segments.spare(number); first >= 0; first = segments.spare(number)) {
      if (first == inSegment) {
        closeIn();
      }
      segments.delete(first);
    }
  }

  /** How far the log has come. */
  Acknowledged acknowledged() {
    return acknowledged;
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

  @Override
  public void close() throws IOException {
    closeIn();
    if (out != null) {
      out.close();
    }
    acknowledged.close();
    own.close();
  }

  private void scan(Path path) throws IOException {
    long newestAcknowledged = acknowledged.number();
    try (FileChannel file = FileChannel.open(path, READ, WRITE)) {
      Frames.Found found =
          Frames.scan(
              file,
              (position, length, frame) -> {
                newest = Math.max(newest, frame.number());
                if (frame.number() > newestAcknowledged) {
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
    Path path = segments.name(first);
    out = FileChannel.open(path, CREATE, TRUNCATE_EXISTING, WRITE);
    segments.add(first, path);
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

  private boolean openToRead() throws IOException {
    Map.Entry<Long, Path> segment =
        inSegment < 0 ? segments.with(read + 1) : segments.after(inSegment);
    if (segment == null) {
      return false;
    }
    in = FileChannel.open(segment.getValue(), READ);
    inSegment = segment.getKey();
    inPosition = 0;
    return true;
  }

  /** At the end of a segment: the next one, if there is one. */
  private void leaveSegment() throws IOException {
    if (segments.after(inSegment) == null) {
      throw new IOException(segments.name(inSegment) + " is damaged at byte " + inPosition);
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
