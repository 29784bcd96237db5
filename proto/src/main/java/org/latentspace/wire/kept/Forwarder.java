package org.latentspace.wire.kept;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends a topic of this machine's disk to another log, in order, and again until it is
 * acknowledged.
 */
final class Forwarder {
  /** Hears what the log has acknowledged; less than none: what waits again. */
  interface Listener {
    void arrived(int values, long bytes);
  }

  /** A record that is on its way. */
  private static final class Sent {
    private final long number;
    private final int bytes;
    private final long sentNanos;
    private boolean arrived;

    Sent(KeptRecord record, long sentNanos) {
      this.number = record.offset();
      this.bytes = Frames.length(record.key(), record.value());
      this.sentNanos = sentNanos;
    }
  }

  private static final int MOST_ON_THEIR_WAY = 64;
  private static final int FIRST_PAUSE_MS = 100;
  private static final int LONGEST_PAUSE_MS = 5000;
  private static final int LOOK_MS = 1000;
  private static final long LATE_NANOS = 3_000_000_000L;

  private final DiskLog disk;
  private final Topic topic;
  private final KeptLog log;
  private final LostTopic lost;
  private final long spareBytes;
  private final Listener listener;
  private final Thread thread;
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder resent = new LongAdder();

  private final Object lock = new Object();
  // Guarded by lock.
  private final ArrayDeque<Sent> onTheirWay = new ArrayDeque<>();
  private int unanswered;
  private String failure;
  // The newest failure, until something has arrived again: weather does not clear between two
  // tries.
  private String trouble;
  private boolean more = true;
  private boolean closed;
  private boolean closedNow;

  private long highestSent = NumberFile.NONE;
  // The one that was found in the place of the one that has acknowledged; null for none.
  private String newTopic;
  private boolean everything;
  private int pauseMs = FIRST_PAUSE_MS;

  // Of the thread; null until the disk can be had.
  private DiskTopic records;
  private Acknowledged position;
  private long read;
  // Of those up to an offset, which are sent again; the others are not.
  private Set<Long> again = Set.of();
  private long againUpTo = NumberFile.NONE;

  /**
   * @param spareBytes how much of what was sent stays on the disk, so that it can be sent again
   * @param listener called on this forwarder's thread
   */
  Forwarder(
      DiskLog disk, Topic topic, KeptLog log, LostTopic lost, long spareBytes, Listener listener) {
    this.disk = disk;
    this.topic = topic;
    this.log = log;
    this.lost = lost;
    this.spareBytes = spareBytes;
    this.listener = listener;
    thread = new Thread(this::run, "send-" + topic.topicName());
    thread.setDaemon(true);
  }

  /** Counts what waits on the disk, if that can be had now, and begins to send it. */
  void begin() {
    try {
      open();
    } catch (IOException | Weather later) {
      // Tried again by the thread; the disk's own weather says it.
    }
    thread.start();
  }

  private void open() throws IOException, Weather {
    if (records == null) {
      DiskTopic opened = disk.topic(topic);
      position = new Acknowledged(disk.home(topic).resolve("sent"));
      if (position.number() > opened.last()) {
        position.write(NumberFile.NONE);
      }
      read = position.number();
      opened.sent(read, spareBytes);
      waits(opened.lengths(read, Long.MAX_VALUE, false).values());
      records = opened;
    }
  }

  private void waits(Collection<Integer> lengths) {
    listener.arrived(-lengths.size(), -lengths.stream().mapToLong(Integer::longValue).sum());
  }

  /** There is more on the disk. */
  void wake() {
    synchronized (lock) {
      more = true;
      lock.notifyAll();
    }
  }

  long acknowledged() {
    return acknowledged.sum();
  }

  long resent() {
    return resent.sum();
  }

  /** "ok", or why so many values wait. */
  String weather(long waiting, long bytes) {
    String why;
    synchronized (lock) {
      Sent oldest = onTheirWay.peek();
      boolean late = oldest != null && System.nanoTime() - oldest.sentNanos > LATE_NANOS;
      if (trouble == null && !late) {
        return Weather.FAIR;
      }
      why = trouble;
    }
    String theLogs = log.weather();
    if (!theLogs.equals(Weather.FAIR) || why == null) {
      why = theLogs.equals(Weather.FAIR) ? "the log does not answer" : theLogs;
    }
    return String.format(
        "%d of %s wait on disk (%d kB): %s",
        waiting, topic.topicName(), (bytes + 1023) / 1024, why);
  }

  /** Waits for what is on its way as long as told, and ends. */
  void close(long milliseconds) {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      thread.join(milliseconds);
      synchronized (lock) {
        closedNow = true;
        lock.notifyAll();
      }
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean more = true;
    while (more) {
      try {
        more = step();
      } catch (Weather | IOException e) {
        more = rest(e);
      } catch (InterruptedException e) {
        more = false;
      }
    }
    if (position != null) {
      position.close();
    }
  }

  /** After trouble with the disk; returns false at the end. */
  private boolean rest(Exception fault) {
    synchronized (lock) {
      failure = fault.getMessage();
      trouble = failure;
      try {
        lock.wait(closed ? 1 : LOOK_MS);
      } catch (InterruptedException e) {
        return false;
      }
      return !closed;
    }
  }

  /** Sends one, or waits; returns false at the end. */
  private boolean step() throws IOException, Weather, InterruptedException {
    open();
    settle();
    lookForTheTopic();
    boolean again;
    synchronized (lock) {
      if (hasArrived()) {
        // While settle wrote: nobody calls a second time.
        return true;
      }
      if (closedNow || (closed && (unanswered == 0 || failure != null))) {
        return false;
      }
      again = failure != null && unanswered == 0;
      if (!again && (failure != null || closed || unanswered >= MOST_ON_THEIR_WAY || !more)) {
        lock.wait(LOOK_MS);
        return true;
      }
      if (!again) {
        more = false;
      }
    }
    if (again) {
      beginAgain();
      return true;
    }
    KeptRecord record = next();
    if (record != null) {
      send(record);
    }
    return true;
  }

  /** Returns the next that is not acknowledged and was not read yet; null if there is none. */
  private KeptRecord next() throws IOException {
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

  /** A topic that is not the one that has acknowledged gets everything. */
  private void lookForTheTopic() throws IOException {
    String id = log.topicId(topic);
    String known = position.topicId();
    if (id == null || id.equals(known) || id.equals(newTopic)) {
      return;
    }
    if (known.equals(Acknowledged.NO_TOPIC)) {
      position.topicId(id);
      return;
    }
    newTopic = id;
    everything = true;
    synchronized (lock) {
      failure = "the log has lost " + topic.topicName();
      trouble = failure;
    }
  }

  private void send(KeptRecord record) {
    if (record.offset() <= highestSent) {
      resent.increment();
    }
    highestSent = Math.max(highestSent, record.offset());
    Sent sent = new Sent(record, System.nanoTime());
    synchronized (lock) {
      more = true;
      onTheirWay.add(sent);
      unanswered++;
    }
    log.append(topic, record.key(), record.value())
        .whenComplete((offset, fault) -> answered(sent, fault));
  }

  private void answered(Sent sent, Throwable fault) {
    synchronized (lock) {
      unanswered--;
      if (fault == null) {
        sent.arrived = true;
      } else if (failure == null) {
        failure = fault.getMessage() == null ? fault.toString() : fault.getMessage();
        trouble = failure;
      }
      lock.notifyAll();
    }
  }

  /** Whether there is something for {@link #settle}; the lock is held. */
  private boolean hasArrived() {
    return !onTheirWay.isEmpty() && onTheirWay.peek().arrived;
  }

  /** Writes down what has arrived without a gap. */
  private void settle() throws IOException {
    long number = NumberFile.NONE;
    int frames = 0;
    long bytes = 0;
    synchronized (lock) {
      while (hasArrived()) {
        Sent sent = onTheirWay.remove();
        number = sent.number;
        bytes += sent.bytes;
        frames++;
        trouble = null;
      }
    }
    if (frames > 0) {
      acknowledged.add(frames);
      pauseMs = FIRST_PAUSE_MS;
      position.write(number);
      records.sent(number, spareBytes);
      listener.arrived(frames, bytes);
    }
  }

  /**
   * Waits a while, then sends from the first that has not arrived, also those after it that have:
   * so the newest value of a key always comes last.
   */
  private void beginAgain() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + pauseMs * 1_000_000L;
    pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
    synchronized (lock) {
      long left = pauseMs;
      while (left > 0 && !closed) {
        lock.wait(left);
        left = (deadline - System.nanoTime()) / 1_000_000;
      }
      onTheirWay.clear();
      more = true;
    }
    if (everything) {
      everything = false;
      lost.found(position, newTopic, unacknowledge());
    }
    read = position.number();
    synchronized (lock) {
      failure = null;
    }
  }

  /**
   * All that is still here waits again, also what was acknowledged; of a compacted topic only the
   * newest of a key. Returns how many of them had been acknowledged.
   */
  private int unacknowledge() throws IOException {
    long upTo = position.number();
    position.write(NumberFile.NONE);
    records.sent(NumberFile.NONE, spareBytes);
    NavigableMap<Long, Integer> lengths = records.lengths(NumberFile.NONE, upTo, topic.compacted());
    again = lengths.keySet();
    againUpTo = upTo;
    waits(lengths.values());
    return lengths.size();
  }
}
