package org.latentspace.wire.kept;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;

/** Sends what is in a spool to the log, in order, and again until it is acknowledged. */
final class SpoolSender {
  /** A frame that is on its way. */
  private static final class Sent {
    private final long number;
    private final int bytes;
    private final long sentNanos;
    private boolean arrived;

    Sent(Frames.Frame frame, long sentNanos) {
      this.number = frame.number();
      this.bytes = Frames.length(frame.key(), frame.value());
      this.sentNanos = sentNanos;
    }
  }

  private static final int MOST_ON_THEIR_WAY = 64;
  private static final int FIRST_PAUSE_MS = 100;
  private static final int LONGEST_PAUSE_MS = 5000;
  private static final int LOOK_MS = 1000;
  private static final long LATE_NANOS = 3_000_000_000L;

  private final Spool spool;
  private final Topic topic;
  private final KeptLog log;
  private final LostTopic lost;
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

  SpoolSender(Spool spool, Topic topic, KeptLog log, LostTopic lost) {
    this.spool = spool;
    this.topic = topic;
    this.log = log;
    this.lost = lost;
    thread = new Thread(this::run, "send-" + topic.topicName());
    thread.setDaemon(true);
    thread.start();
  }

  /** There is more in the spool. */
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

  String weather() {
    long waiting = spool.waiting();
    String why;
    synchronized (lock) {
      Sent oldest = onTheirWay.peek();
      boolean late = oldest != null && System.nanoTime() - oldest.sentNanos > LATE_NANOS;
      if (waiting == 0 || (trouble == null && !late)) {
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
        waiting, topic.topicName(), (spool.waitingBytes() + 1023) / 1024, why);
  }

  /** Waits for what is on its way as long as told, and ends. */
  void close(long milliseconds) throws InterruptedException {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    thread.join(milliseconds);
    synchronized (lock) {
      closedNow = true;
      lock.notifyAll();
    }
    thread.join();
  }

  private void run() {
    while (true) {
      try {
        if (!turn()) {
          return;
        }
      } catch (IOException e) {
        synchronized (lock) {
          failure = Weather.of("the spool cannot be read", e).getMessage();
          trouble = failure;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Sends one, or waits; returns false at the end. */
  private boolean turn() throws IOException, InterruptedException {
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
    Frames.Frame frame = spool.next();
    if (frame != null) {
      send(frame);
    }
    return true;
  }

  /** A topic that is not the one that has acknowledged gets everything. */
  private void lookForTheTopic() throws IOException {
    String id = log.topicId(topic);
    String known = spool.acknowledged().topicId();
    if (id == null || id.equals(known) || id.equals(newTopic)) {
      return;
    }
    if (known.equals(Acknowledged.NO_TOPIC)) {
      spool.acknowledged().topicId(id);
      return;
    }
    newTopic = id;
    everything = true;
    synchronized (lock) {
      failure = "the log has lost " + topic.topicName();
      trouble = failure;
    }
  }

  private void send(Frames.Frame frame) {
    if (frame.number() <= highestSent) {
      resent.increment();
    }
    highestSent = Math.max(highestSent, frame.number());
    Sent sent = new Sent(frame, System.nanoTime());
    synchronized (lock) {
      more = true;
      onTheirWay.add(sent);
      unanswered++;
    }
    log.append(topic, frame.key(), frame.value())
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
      spool.acknowledge(number, frames, bytes);
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
    spool.rewind();
    if (everything) {
      int again = spool.unacknowledge(topic.compacted());
      everything = false;
      lost.found(spool.acknowledged(), newTopic, again);
    }
    synchronized (lock) {
      failure = null;
    }
  }
}
