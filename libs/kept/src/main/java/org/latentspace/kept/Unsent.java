package org.latentspace.kept;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Set;
import org.latentspace.storage.AtomicFile;

/**
 * What of a topic on the disk another log has not acknowledged: the newest acknowledged offset, and
 * which topic of that log it was, are in files beside the records. Of one thread, but for the topic
 * id.
 */
final class Unsent implements AutoCloseable {
  /** Hears what the log has acknowledged; less than none: what waits again. */
  interface Listener {
    void arrived(int values, long bytes);
  }

  /** While nothing was ever acknowledged by a topic that could tell its id. */
  static final String NO_TOPIC = "";

  private final DiskTopic records;
  private final boolean compacted;
  private final long spareBytes;
  private final Listener listener;
  private final Path topicFile;
  private final NumberFile numberFile;
  private long acknowledged;
  private long read;
  // Of those up to an offset, which are sent again; the others are not.
  private Set<Long> again = Set.of();
  private long againUpTo = NumberFile.NONE;
  // Guarded by this.
  private String topicId;

  /**
   * @param folder need not exist
   * @param spareBytes how much of what was acknowledged stays on the disk, so that it can be sent
   *     again
   * @param listener is told how many values wait
   */
  Unsent(DiskTopic records, boolean compacted, Path folder, long spareBytes, Listener listener)
      throws IOException {
    this.records = records;
    this.compacted = compacted;
    this.spareBytes = spareBytes;
    this.listener = listener;
    topicFile = Files.createDirectories(folder).resolve("topic-id");
    topicId = Files.exists(topicFile) ? Files.readString(topicFile).strip() : NO_TOPIC;
    numberFile = new NumberFile(folder.resolve("acknowledged"));
    acknowledged = numberFile.read();
    if (acknowledged > records.last()) {
      // Somebody has deleted the records: they begin anew.
      write(NumberFile.NONE);
    }
    rewind();
    records.sent(acknowledged, spareBytes);
    waits(records.lengths(acknowledged, Long.MAX_VALUE, false).values());
  }

  /** Returns the next that is not acknowledged and was not read yet; null if there is none. */
  KeptRecord next() throws IOException {
    while (true) {
      KeptRecord record = records.after(read, 0);
      if (record == null) {
        return null;
      }
      read = record.offset();
      if (read > againUpTo || again.contains(read)) {
        return record;
      }
    }
  }

  /** Reads again from the first that is not acknowledged. */
  void rewind() {
    read = acknowledged;
  }

  /** All up to this offset have arrived. */
  void acknowledge(long offset, int values, long bytes) throws IOException {
    write(offset);
    listener.arrived(values, bytes);
  }

  /**
   * All that is still here waits again, also what was acknowledged; of a compacted topic only the
   * newest of a key. Returns how many of them had been acknowledged.
   */
  int unacknowledge() throws IOException {
    long upTo = acknowledged;
    write(NumberFile.NONE);
    NavigableMap<Long, Integer> lengths = records.lengths(NumberFile.NONE, upTo, compacted);
    again = lengths.keySet();
    againUpTo = upTo;
    waits(lengths.values());
    rewind();
    return lengths.size();
  }

  private void write(long offset) throws IOException {
    acknowledged = offset;
    numberFile.write(offset);
    records.sent(offset, spareBytes);
  }

  private void waits(Collection<Integer> lengths) {
    listener.arrived(-lengths.size(), -lengths.stream().mapToLong(Integer::longValue).sum());
  }

  /** Of {@link KeptLog#topicId}; {@link #NO_TOPIC} if it is not known. */
  synchronized String topicId() {
    return topicId;
  }

  /** What is acknowledged is in this topic. */
  synchronized void topicId(String id) throws IOException {
    AtomicFile.write(topicFile, id.getBytes(StandardCharsets.UTF_8));
    topicId = id;
  }

  @Override
  public void close() {
    try {
      numberFile.close();
    } catch (IOException e) {
      // Each number was written when it was known.
    }
  }
}
