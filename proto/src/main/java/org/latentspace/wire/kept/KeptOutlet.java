package org.latentspace.wire.kept;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps values of one topic: on this machine's disk at once, in the log as soon as it can be
 * reached.
 *
 * <pre>
 *   keep, offer --(memory)--> spool-TOPIC --(disk)--> send-TOPIC --append--> log
 *                              one force for all       in order, again until
 *                              that wait               acknowledged
 * </pre>
 *
 * <p>Nothing waits in {@link #keep} and {@link #offer}, and they never throw. When the disk has as
 * much as it may hold, new values are refused and counted: what was kept first is not given up for
 * them. A value may arrive twice, and then together with those after it, so the newest one of a key
 * always comes last; who reads is idempotent by key.
 */
public final class KeptOutlet implements AutoCloseable {
  /** Somebody who has values of the topic in a store of his own. */
  public interface Store {
    /**
     * Keeps once more all that the store has, as the log has lost the topic; must not wait.
     *
     * @return completes with how many values that were when they are kept
     */
    CompletionStage<Integer> keepAll();
  }

  private static final long MOST_SEGMENT_BYTES = 4L << 20;
  private static final long REOPEN_MS = 1000;
  private static final long GOODBYE_MS = 2000;

  private final Path folder;
  private final Topic topic;
  private final KeptLog log;
  private final long maxBytes;

  private final Inbox inbox = new Inbox();
  private final LostTopic lost;

  // The writer's.
  private long triedToOpenNanos;

  private final LongAdder kept = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile boolean full;
  private volatile String diskWeather = Weather.FAIR;
  private volatile Spool spool;
  private volatile SpoolSender sender;
  private final Thread writer;

  /**
   * @param folder its files are in spool/TOPIC of it; need not exist
   * @param maxBytes what may wait on the disk
   */
  public KeptOutlet(Path folder, Topic topic, KeptLog log, long maxBytes) {
    this.folder = folder.resolve("spool").resolve(topic.topicName());
    this.topic = topic;
    this.log = log;
    this.maxBytes = maxBytes;
    this.lost = new LostTopic(topic);
    open();
    writer = new Thread(this::write, "spool-" + topic.topicName());
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Keeps a value; null takes the key away.
   *
   * @return completes, on a thread that must not be held up, when a crash cannot take the value
   *     away any more; fails with {@link Weather} that says why it cannot be kept
   */
  public CompletionStage<Void> keep(String key, byte[] value) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Exception refusal = enqueue(key, value, done);
    if (refusal != null) {
      done.completeExceptionally(refusal);
    }
    return done;
  }

  /**
   * The same for who goes on playing whatever becomes of it.
   *
   * @return false if there is no room for it, which is counted
   */
  public boolean offer(String key, byte[] value) {
    return enqueue(key, value, null) == null;
  }

  /** Values that the log has not acknowledged. */
  public long waiting() {
    Spool open = spool;
    return inbox.waiting(() -> open == null ? 0 : open.waiting());
  }

  /** Bytes of them on the disk. */
  public long waitingBytes() {
    Spool open = spool;
    return open == null ? 0 : open.waitingBytes();
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
    SpoolSender sends = sender;
    return sends == null ? 0 : sends.acknowledged();
  }

  /** Values that were sent once more, as nobody knew whether they had arrived. */
  public long resent() {
    SpoolSender sends = sender;
    return sends == null ? 0 : sends.resent();
  }

  /** Ends that a crash had torn off the files, found at the start. */
  public long torn() {
    Spool open = spool;
    return open == null ? 0 : open.torn();
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

  /** "ok", or the weather: what is missing, how much waits. */
  public String weather() {
    if (!diskWeather.equals(Weather.FAIR)) {
      return diskWeather;
    }
    SpoolSender sends = sender;
    String sending = sends == null ? Weather.FAIR : sends.weather();
    if (full && waiting() > 0) {
      return noRoom() + (sending.equals(Weather.FAIR) ? "" : "; " + sending);
    }
    return sending;
  }

  /** Writes what was kept before; what is not yet acknowledged then waits for the next start. */
  @Override
  public void close() {
    if (!inbox.close()) {
      return;
    }
    try {
      writer.join();
      if (sender != null) {
        sender.close(GOODBYE_MS);
      }
      if (spool != null) {
        spool.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // Everything was forced to the disk before it was called kept.
    }
  }

  /** Returns why the value is refused; null if it is taken. */
  private Exception enqueue(String key, byte[] value, CompletableFuture<Void> done) {
    try {
      Frames.check(key, value);
    } catch (IllegalArgumentException e) {
      refused.increment();
      return e;
    }
    Pending pending = new Pending(key, value, Frames.length(key, value), done);
    if (inbox.offer(pending, maxBytes, this::waitingBytes)) {
      full = false;
      return null;
    }
    refused.increment();
    if (inbox.isClosed()) {
      return new Weather("closed: " + topic.topicName() + " takes nothing any more");
    }
    full = true;
    return new Weather(noRoom());
  }

  private String noRoom() {
    return String.format(
        "no room for more %s: %d wait on disk, %d MB at most (kept.spool-mb); %d refused",
        topic.topicName(), waiting(), maxBytes >> 20, refused());
  }

  private void write() {
    List<Pending> batch = new ArrayList<>();
    while (inbox.take(batch, spool == null ? REOPEN_MS : 0)) {
      open();
      if (!batch.isEmpty()) {
        write(batch);
      }
    }
  }

  private void write(List<Pending> batch) {
    try {
      if (spool == null) {
        throw new IOException(diskWeather);
      }
      long bytes = spool.append(batch);
      diskWeather = Weather.FAIR;
      kept.add(batch.size());
      inbox.settle(batch, () -> spool.count(batch.size(), bytes));
      sender.wake();
      batch.forEach(value -> value.tell(null));
    } catch (IOException e) {
      if (spool != null) {
        diskWeather =
            Weather.of(topic.topicName() + " cannot be kept in " + folder, e).getMessage();
      }
      inbox.settle(batch, () -> {});
      refused.add(batch.size());
      Weather why = new Weather(diskWeather);
      batch.forEach(value -> value.tell(why));
    }
  }

  /** Opens the spool if it is not; tried once a second. */
  private void open() {
    long now = System.nanoTime();
    if (spool != null
        || (triedToOpenNanos != 0 && now - triedToOpenNanos < REOPEN_MS * 1_000_000)) {
      return;
    }
    triedToOpenNanos = now;
    try {
      long segment = Math.max(1, Math.min(MOST_SEGMENT_BYTES, maxBytes / 8));
      Spool opened = new Spool(folder, segment);
      sender = new SpoolSender(opened, topic, log, lost);
      spool = opened;
      diskWeather = Weather.FAIR;
    } catch (IOException e) {
      diskWeather = Weather.of(topic.topicName() + " cannot be kept in " + folder, e).getMessage();
    }
  }
}
