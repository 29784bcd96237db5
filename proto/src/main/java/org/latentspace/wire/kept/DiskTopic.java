package org.latentspace.wire.kept;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.latentspace.wire.FolderLock;

/**
 * One topic in one file of this machine. Where each record stands is known in memory: 16 bytes a
 * record. What a crash has torn off the end is set aside in a file beside it.
 */
final class DiskTopic implements AutoCloseable {
  /** A record that is to be appended. */
  record Entry(String key, byte[] value) {}

  private static final Logger LOG = Logger.getLogger(DiskTopic.class);
  private static final long LEAST_WASTE_BYTES = 1 << 20;
  private static final long EVERYTHING = Long.MAX_VALUE;

  private final Topic topic;
  private final Path path;
  private final FolderLock own;
  private final String id;
  private FileChannel file;
  private long bytes;
  private int torn;

  // Of each record, in order.
  private long[] offsets = new long[1024];
  private long[] positions = new long[1024];
  private int count;
  // Of a compacted topic: each key's newest offset, and what the older ones take.
  private final Map<String, Long> newest = new HashMap<>();
  private long wasteBytes;

  // Where a forwarder reads: what it has sent, and how much of that stays to be sent again.
  private long sent = EVERYTHING;
  private long spareBytes;

  DiskTopic(Path folder, Topic topic) throws IOException {
    this.topic = topic;
    path = folder.resolve("records");
    own = Own.take(folder);
    try {
      id = id(folder.resolve("topic-id"));
      open();
    } catch (IOException e) {
      own.close();
      throw e;
    }
  }

  /** A file that begins anew is another topic. */
  private String id(Path file) throws IOException {
    if (Files.notExists(path) || Files.notExists(file)) {
      Files.writeString(file, UUID.randomUUID().toString());
    }
    return Files.readString(file);
  }

  /** As {@link KeptLog#topicId}. */
  String id() {
    return id;
  }

  /** Appends all of them and returns when the disk has them; the first one's offset. */
  synchronized long append(List<Entry> entries) throws IOException {
    long first = last() + 1;
    long before = bytes;
    int countBefore = count;
    try {
      file.position(bytes);
      long offset = first;
      for (Entry entry : entries) {
        ByteBuffer frame = Frames.encode(offset, entry.key(), entry.value());
        int length = frame.remaining();
        Frames.writeFully(file, frame);
        index(offset++, bytes);
        bytes += length;
      }
      file.force(false);
    } catch (IOException e) {
      bytes = before;
      count = countBefore;
      file.truncate(bytes);
      throw e;
    }
    for (int i = 0; i < entries.size(); i++) {
      supersede(entries.get(i).key(), first + i);
    }
    notifyAll();
    return first;
  }

  /** Returns the first record after the offset; waits for it once, as long as told; else null. */
  synchronized KeptRecord after(long offset, long milliseconds) throws IOException {
    if (last() <= offset && file.isOpen() && milliseconds > 0) {
      try {
        wait(milliseconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (last() <= offset || !file.isOpen()) {
      return null;
    }
    int place = place(offsets, offset + 1);
    Frames.Frame frame = Frames.read(file, positions[place]);
    if (frame == null) {
      throw new IOException(path + " is damaged at byte " + positions[place]);
    }
    return new KeptRecord(topic, frame.key(), frame.value(), frame.number());
  }

  private int place(long[] rising, long least) {
    int place = Arrays.binarySearch(rising, 0, count, least);
    return place < 0 ? -place - 1 : place;
  }

  /**
   * A forwarder has sent all up to this offset.
   *
   * @param spare bytes of it that stay, so that they can be sent again
   */
  synchronized void sent(long offset, long spare) {
    sent = offset;
    spareBytes = spare;
  }

  /** Bytes of the records after the first offset up to the last, by their offsets. */
  synchronized NavigableMap<Long, Integer> lengths(long after, long upTo, boolean newestOfKey) {
    Set<Long> newestOnes = newestOfKey ? Set.copyOf(newest.values()) : null;
    NavigableMap<Long, Integer> lengths = new TreeMap<>();
    for (int place = place(offsets, after + 1); place < count && offsets[place] <= upTo; place++) {
      if (newestOnes == null || newestOnes.contains(offsets[place])) {
        lengths.put(offsets[place], lengthOf(place));
      }
    }
    return lengths;
  }

  /** Offset of the last record; -1 if there is none. */
  synchronized long last() {
    return count == 0 ? -1 : offsets[count - 1];
  }

  /** Ends torn off by a crash, and damaged records. */
  synchronized int torn() {
    return torn;
  }

  /** Ends a wait in {@link #after}. */
  synchronized void wake() {
    notifyAll();
  }

  /**
   * Leaves out what nobody needs, once that is more than half of the file: of a compacted topic
   * what a later record of its key has replaced, and tombstones that every follower has heard; of
   * another topic what was sent on.
   *
   * @param heardByAll the offset that all followers have passed
   */
  synchronized void compactIfWorthIt(LongSupplier heardByAll) throws IOException {
    int first = topic.compacted() ? 0 : firstSpare();
    long waste = topic.compacted() ? wasteBytes - unsentBytes() : first == 0 ? 0 : positions[first];
    long least = topic.compacted() ? LEAST_WASTE_BYTES : spareBytes;
    if (waste <= 0 || waste < Math.max(least, bytes / 2)) {
      return;
    }
    Path whole = path.resolveSibling("records.compacted");
    long last = last();
    long heard = sent == EVERYTHING ? heardByAll.getAsLong() : sent;
    try (FileChannel out =
        FileChannel.open(
            whole,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (int place = first; place < count; place++) {
        Frames.Frame frame = Frames.read(file, positions[place]);
        if (frame == null || !stays(frame, heard, last)) {
          continue;
        }
        Frames.writeFully(out, Frames.encode(frame.number(), frame.key(), frame.value()));
      }
      out.force(true);
    }
    Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    file.close();
    open();
  }

  @Override
  public synchronized void close() throws IOException {
    notifyAll();
    file.close();
    own.close();
  }

  /** Which may be waste but must stay. */
  private long unsentBytes() {
    int place = place(offsets, 1 + (sent == EVERYTHING ? last() : sent));
    return place < count ? bytes - positions[place] : 0;
  }

  /** The first record that may be sent again. */
  private int firstSpare() {
    if (sent == EVERYTHING || count == 0) {
      return 0;
    }
    long from = bytes - unsentBytes() - spareBytes;
    return Math.min(count - 1, place(positions, from));
  }

  private boolean stays(Frames.Frame frame, long heard, long last) {
    // The last one stays so that no offset is ever given twice.
    return frame.number() == last
        || !topic.compacted()
        || frame.number() > sent
        || (newest.getOrDefault(frame.key(), -1L) == frame.number()
            && (frame.value() != null || frame.number() > heard));
  }

  private void open() throws IOException {
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    count = 0;
    wasteBytes = 0;
    newest.clear();
    Frames.Found found =
        Frames.scan(
            file,
            (position, length, frame) -> {
              index(frame.number(), position);
              bytes = position + length;
              supersede(frame.key(), frame.number());
            });
    bytes = found.wholeBytes();
    if (found.torn()) {
      torn++;
      setAside(found);
    }
    torn += found.damaged();
    if (found.damaged() > 0) {
      LOG.warnf("%s: %d damaged records are passed over", path, found.damaged());
    }
  }

  private void setAside(Frames.Found found) throws IOException {
    Path aside = path.resolveSibling("torn-at-" + found.wholeBytes());
    try (FileChannel out =
        FileChannel.open(aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.transferTo(found.wholeBytes(), found.fileBytes() - found.wholeBytes(), out);
    }
    LOG.warnf(
        "%s: its last %d bytes were not whole and are set aside in %s",
        path, found.fileBytes() - found.wholeBytes(), aside.getFileName());
    file.truncate(bytes);
  }

  private int lengthOf(int place) {
    return (int) ((place + 1 < count ? positions[place + 1] : bytes) - positions[place]);
  }

  private void index(long offset, long position) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
      positions = Arrays.copyOf(positions, 2 * count);
    }
    offsets[count] = offset;
    positions[count++] = position;
  }

  private void supersede(String key, long offset) {
    if (!topic.compacted()) {
      return;
    }
    Long older = newest.put(key, offset);
    if (older != null) {
      int place = place(offsets, older);
      wasteBytes += place < count && offsets[place] == older ? lengthOf(place) : 0;
    }
  }
}
