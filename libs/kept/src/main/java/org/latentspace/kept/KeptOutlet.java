package org.latentspace.kept;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps values of one topic: in the log of this machine's disk at once, and in Kafka, where brokers
 * are named, as soon as one can be reached.
 *
 * <pre>
 *   keep, offer --> DiskLog: TOPIC/records --> followers of this process (no broker)
 *                   one force for all    +---> Forwarder --append--> KafkaLog
 *                   that wait                  in order, again until acknowledged
 * </pre>
 *
 * <p>Nothing waits in {@link #keep} and {@link #offer}, and they never throw. When as much waits
 * for Kafka as may, new values are refused and counted: what was kept first is not given up for
 * them. A value may arrive twice, and then together with those after it, so the newest one of a key
 * always comes last; readers are idempotent by key.
 */
public final class KeptOutlet implements AutoCloseable {
  /** A store of the application that has values of the topic. */
  public interface Store {
    /**
     * Keeps once more all that the store has, as the log has lost the topic; must not wait.
     *
     * @return completes with how many values that were when they are kept
     */
    CompletionStage<Integer> keepAll();
  }

  private static final long MOST_SPARE_BYTES = 4L << 20;
  private static final long GOODBYE_MS = 2000;

  private final Topic topic;
  private final long maxBytes;
  private final DiskLog disk;
  private final LostTopic lost;
  // Null where the disk is the log.
  private final Forwarder forwarder;

  // Accepted, and not yet on the disk or, with brokers, not yet acknowledged.
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final LongAdder kept = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder leftOut = new LongAdder();
  private volatile boolean full;
  private volatile boolean closed;

  /**
   * @param folder holds the records in log/TOPIC, unless the log is on the disk itself; need not
   *     exist
   * @param maxBytes what may wait on the disk for another log
   */
  public KeptOutlet(Path folder, Topic topic, KeptLog log, long maxBytes) {
    this.topic = topic;
    this.maxBytes = maxBytes;
    this.lost = new LostTopic(topic, leftOut::sum);
    if (log instanceof DiskLog local) {
      disk = local;
      forwarder = null;
    } else {
      disk = new DiskLog(folder.resolve("log"));
      long spare = Math.max(1, Math.min(MOST_SPARE_BYTES, maxBytes / 8));
      forwarder = new Forwarder(disk, topic, log, lost, spare, this::arrived);
    }
    disk.open(topic);
    if (forwarder != null) {
      forwarder.begin();
    }
  }

  /**
   * Keeps a value; null takes the key away.
   *
   * @return completes, on a thread that must not be held up, when a crash cannot take the value
   *     away any more; fails with {@link Trouble} that says why it cannot be kept
   */
  public CompletionStage<Void> keep(String key, byte[] value) {
    return keep(key, value, false);
  }

  /**
   * The same for callers that may have kept the value before a crash: of a compacted topic it is
   * left out where it is the newest of its key on the disk already.
   */
  public CompletionStage<Void> keepIfNew(String key, byte[] value) {
    return keep(key, value, true);
  }

  private CompletionStage<Void> keep(String key, byte[] value, boolean ifNew) {
    int bytes = key == null ? 0 : Frames.length(key, value);
    if (closed || (forwarder != null && waitingBytes.get() + bytes > maxBytes)) {
      refused.increment();
      full |= !closed;
      return CompletableFuture.failedFuture(
          new Trouble(
              closed
                  ? "closed: " + topic.topicName() + " takes nothing any more"
                  : noRoom(waiting.get())));
    }
    full = false;
    arrived(-1, -bytes);
    return disk.append(topic, key, value, ifNew)
        .handle(
            (offset, fault) -> {
              boolean isThere = fault == null && offset == NumberFile.NONE;
              (fault != null ? refused : isThere ? leftOut : kept).increment();
              if (fault != null || isThere || forwarder == null) {
                arrived(1, bytes);
              } else {
                forwarder.wake();
              }
              if (fault != null) {
                throw new CompletionException(fault);
              }
              return null;
            });
  }

  /**
   * The same for callers that go on whatever becomes of the value.
   *
   * @return false if there is no room for it, which is counted
   */
  public boolean offer(String key, byte[] value) {
    return !keep(key, value).toCompletableFuture().isCompletedExceptionally();
  }

  private void arrived(int values, long bytes) {
    waiting.addAndGet(-values);
    waitingBytes.addAndGet(-bytes);
  }

  /** Values that the log has not acknowledged. */
  public long waiting() {
    return waiting.get();
  }

  /** Bytes of them on the disk. */
  public long waitingBytes() {
    return waitingBytes.get();
  }

  /** Values that were not taken: no room, no disk, too large. */
  public long refused() {
    return refused.sum();
  }

  /** Values that the disk has taken. */
  public long kept() {
    return kept.sum();
  }

  /** Values that the log has acknowledged. */
  public long acknowledged() {
    return forwarder == null ? kept() : forwarder.acknowledged.sum();
  }

  /** Values that were sent once more, as nobody knew whether they had arrived. */
  public long resent() {
    return forwarder == null ? 0 : forwarder.resent.sum();
  }

  /** Ends that a crash had torn off the file, and damaged values, found at the start. */
  public long torn() {
    return disk.torn(topic);
  }

  public Topic topic() {
    return topic;
  }

  /** Asks this store, too, when the log has lost the topic. */
  public void store(Store store) {
    lost.add(store);
  }

  /** How often the log had lost the topic, so that all that is here was sent again. */
  public long topicsLost() {
    return lost.times();
  }

  /** What was sent again as the log had lost it, in a line; empty if nothing was. */
  public String sentAgain() {
    return lost.remark();
  }

  /** "ok", or the status: what is missing, how much waits. */
  public String status() {
    String ofTheDisk = disk.status(topic);
    if (forwarder == null || !ofTheDisk.equals(Trouble.NONE)) {
      return ofTheDisk;
    }
    long now = waiting();
    String sending = now == 0 ? Trouble.NONE : forwarder.status(now, waitingBytes());
    if (full && now > 0) {
      return noRoom(now) + (sending.equals(Trouble.NONE) ? "" : "; " + sending);
    }
    return sending;
  }

  private String noRoom(long now) {
    return String.format(
        "no room for more %s: %d wait on disk, %d MB at most (kept.spool-mb); %d refused",
        topic.topicName(), now, maxBytes >> 20, refused());
  }

  /** Writes what was kept before; what is not yet acknowledged then waits for the next start. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (forwarder != null) {
      forwarder.close(GOODBYE_MS);
      disk.close();
    }
  }
}
