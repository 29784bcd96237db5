package org.latentspace.kept;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import org.latentspace.storage.AtomicFile;
import org.latentspace.wire.FolderLock;

/**
 * One topic in one file of this machine. Where each record stands is known in memory: 16 bytes a
 * record. What a crash has torn off the end is set aside in a file beside it.
 */
final class DiskTopic implements AutoCloseable {
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
    own = FolderLock.take(folder);
    try {
      Path idFile = folder.resolve("topic-id");
      if (Files.notExists(path) || Files.notExists(idFile)) {
        // A file that begins anew is another topic.
        Files.writeString(idFile, UUID.randomUUID().toString());
      }
      id = Files.readString(idFile);
      open();
    } catch (IOException e) {
      own.close();
      throw e;
    }
  }

  /** As {@link KeptLog#topicId}. */
  String id() {
    return id;
  }

  /**
   * Appends all of them and returns when the disk has them.
   *
   * @return their offsets; {@link NumberFile#NONE} of those that were left out
   */
  synchronized long[] append(List<QueuedLog.Append> entries) throws IOException {
    long[] given = new long[entries.size()];
    Map<String, byte[]> values = new HashMap<>();
    long next = last() + 1;
    try {
      long end = bytes;
      for (int i = 0; i < given.length; i++) {
        QueuedLog.Append entry = entries.get(i);
        boolean leftOut = entry.ifNew() && isNewest(entry, values);
        given[i] = leftOut ? NumberFile.NONE : next++;
        if (!leftOut) {
          end += Frames.write(file, Frames.encode(given[i], entry.key(), entry.value()), end);
          values.put(entry.key(), entry.value());
        }
      }
      file.force(false);
    } catch (IOException e) {
      file.truncate(bytes);
      throw e;
    }
    for (int i = 0; i < given.length; i++) {
      if (given[i] != NumberFile.NONE) {
        index(entries.get(i).key(), given[i], bytes, entries.get(i).bytes());
      }
    }
    notifyAll();
    return given;
  }

  /** Whether that is the value of its key already, in what is being written or in the file. */
  private boolean isNewest(QueuedLog.Append entry, Map<String, byte[]> written) throws IOException {
    if (written.containsKey(entry.key())) {
      return Arrays.equals(written.get(entry.key()), entry.value());
    }
    Long offset = newest.get(entry.key());
    Frames.Frame there =
        offset == null ? null : Frames.read(file, positions[place(offsets, offset)]);
    return there != null && Arrays.equals(there.value(), entry.value());
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
    try (FileChannel out = new FileOutputStream(whole.toFile()).getChannel()) {
      long end = 0;
      for (int place = first; place < count; place++) {
        Frames.Frame frame = Frames.read(file, positions[place]);
        if (frame != null && stays(frame, heard, last)) {
          end += Frames.write(out, Frames.encode(frame.number(), frame.key(), frame.value()), end);
        }
      }
      out.force(true);
    }
    AtomicFile.move(whole, path);
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
    return Math.min(count - 1, place(positions, bytes - unsentBytes() - spareBytes));
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
    file = Frames.open(path);
    count = 0;
    wasteBytes = 0;
    newest.clear();
    Frames.Found found = Frames.scan(file, 0, Frames.MOST_BODY_BYTES, this::indexIfGrown);
    bytes = found.wholeBytes();
    torn += found.damaged() + (found.torn() ? 1 : 0);
    if (found.torn()) {
      setAside(found);
    }
    if (found.damaged() > 0) {
      LOG.warnf("%s: %d damaged records are passed over", path, found.damaged());
    }
  }

  private boolean indexIfGrown(long position, byte[] body) {
    Frames.Frame frame = Frames.decode(body);
    boolean grown = frame != null && frame.number() > last();
    if (grown) {
      index(frame.key(), frame.number(), position, Frames.HEADER_BYTES + body.length);
    }
    return grown;
  }

  private void setAside(Frames.Found found) throws IOException {
    Path aside = path.resolveSibling("torn-at-" + found.wholeBytes());
    Files.copy(
        Channels.newInputStream(file.position(found.wholeBytes())),
        aside,
        StandardCopyOption.REPLACE_EXISTING);
    LOG.warnf(
        "%s: its last %d bytes were not whole and are set aside in %s",
        path, found.fileBytes() - found.wholeBytes(), aside.getFileName());
    file.truncate(bytes);
  }

  private int lengthOf(int place) {
    return (int) ((place + 1 < count ? positions[place + 1] : bytes) - positions[place]);
  }

  private void index(String key, long offset, long position, int length) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
      positions = Arrays.copyOf(positions, 2 * count);
    }
    offsets[count] = offset;
    positions[count++] = position;
    bytes = position + length;
    Long older = topic.compacted() ? newest.put(key, offset) : null;
    if (older != null) {
      wasteBytes += lengthOf(place(offsets, older));
    }
  }
}
