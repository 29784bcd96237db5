package org.latentspace.kept;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends a topic of this machine's disk to another log, in order, and again until it is
 * acknowledged.
 */
final class Forwarder {
  /** A record on its way; whether it has arrived is of the lock. */
  private record Sent(long offset, int bytes, long sentNanos, AtomicBoolean arrived) {}

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
  private final Unsent.Listener listener;
  private final Thread thread;
  final LongAdder acknowledged = new LongAdder();
  final LongAdder resent = new LongAdder();

  private final Object lock = new Object();
  // Guarded by lock.
  private final ArrayDeque<Sent> onTheirWay = new ArrayDeque<>();
  private int unanswered;
  private String failure;
  // The newest failure, until something has arrived again: status does not clear between two
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
  private Unsent unsent;

  /** Of what was sent, so many bytes stay on the disk, so that they can be sent again. */
  Forwarder(
      DiskLog disk,
      Topic topic,
      KeptLog log,
      LostTopic lost,
      long spareBytes,
      Unsent.Listener listener) {
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
    } catch (IOException | Trouble later) {
      // Tried again by the thread.
    }
    thread.start();
  }

  private void open() throws IOException, Trouble {
    if (unsent == null) {
      Path folder = disk.home(topic).resolve("sent");
      unsent = new Unsent(disk.topic(topic), topic.compacted(), folder, spareBytes, listener);
    }
  }

  /** There is more on the disk. */
  void wake() {
    synchronized (lock) {
      more = true;
      lock.notifyAll();
    }
  }

  /** "ok", or why so many values wait. */
  String status(long waiting, long bytes) {
    String why;
    synchronized (lock) {
      Sent oldest = onTheirWay.peek();
      boolean late = oldest != null && System.nanoTime() - oldest.sentNanos() > LATE_NANOS;
      if (trouble == null && !late) {
        return Trouble.NONE;
      }
      why = trouble;
    }
    String theLogs = log.status();
    if (!theLogs.equals(Trouble.NONE) || why == null) {
      why = theLogs.equals(Trouble.NONE) ? "the log does not answer" : theLogs;
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
    try {
      boolean more = true;
      while (more) {
        try {
          more = step();
        } catch (Trouble | IOException e) {
          more = rest(e);
        }
      }
    } catch (InterruptedException e) {
      // The end.
    }
    if (unsent != null) {
      unsent.close();
    }
  }

  /** After trouble with the disk; returns false at the end. */
  private boolean rest(Exception fault) throws InterruptedException {
    synchronized (lock) {
      failure = fault.getMessage();
      trouble = failure;
      lock.wait(closed ? 1 : LOOK_MS);
      return !closed;
    }
  }

  /** Sends one, or waits; returns false at the end. */
  private boolean step() throws IOException, Trouble, InterruptedException {
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
    KeptRecord record = unsent.next();
    if (record != null) {
      send(record);
    }
    return true;
  }

  /** A topic that is not the one that has acknowledged gets everything. */
  private void lookForTheTopic() throws IOException {
    String id = log.topicId(topic);
    String known = unsent.topicId();
    if (id == null || id.equals(known) || id.equals(newTopic)) {
      return;
    }
    if (known.equals(Unsent.NO_TOPIC)) {
      unsent.topicId(id);
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
    int bytes = Frames.length(record.key(), record.value());
    Sent sent = new Sent(record.offset(), bytes, System.nanoTime(), new AtomicBoolean());
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
        sent.arrived().set(true);
      } else if (failure == null) {
        failure = fault.getMessage() == null ? fault.toString() : fault.getMessage();
        trouble = failure;
      }
      lock.notifyAll();
    }
  }

  /** Whether there is something for {@link #settle}; the lock is held. */
  private boolean hasArrived() {
    return !onTheirWay.isEmpty() && onTheirWay.peek().arrived().get();
  }

  /** Writes down what has arrived without a gap. */
  private void settle() throws IOException {
    long number = NumberFile.NONE;
    int frames = 0;
    long bytes = 0;
    synchronized (lock) {
      while (hasArrived()) {
        Sent sent = onTheirWay.remove();
        number = sent.offset();
        bytes += sent.bytes();
        frames++;
        trouble = null;
      }
    }
    if (frames > 0) {
      acknowledged.add(frames);
      pauseMs = FIRST_PAUSE_MS;
      unsent.acknowledge(number, frames, bytes);
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
      lost.found(unsent, newTopic, unsent.unacknowledge());
    } else {
      unsent.rewind();
    }
    synchronized (lock) {
      failure = null;
    }
  }
}
