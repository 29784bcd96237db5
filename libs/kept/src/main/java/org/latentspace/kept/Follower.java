package org.latentspace.kept;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Reads a topic on a thread of its own, and gives its handler the records, one at a time: again
 * after trouble, not after poison.
 */
abstract class Follower implements KeptLog.Following {
  private static final Logger LOG = Logger.getLogger(Follower.class);
  private static final int FIRST_PAUSE_MS = 100;
  private static final int LONGEST_PAUSE_MS = 10_000;
  private static final int RETRY_MS = 1000;
  private static final int MOST_LINES = 100;

  final Topic topic;
  final String name;
  // Whether it begins where it was.
  final boolean remembers;
  volatile long position = NumberFile.NONE;
  // Of reading; what the handler says comes before it.
  volatile String status = Trouble.NONE;

  private final KeptLog.Handler handler;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final LongAdder poisoned = new LongAdder();
  private volatile String handling = Trouble.NONE;

  Follower(Topic topic, String name, KeptLog.Start start, KeptLog.Handler handler) {
    if (!name.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("a follower's name is [a-z0-9-], not " + name);
    }
    this.topic = topic;
    this.name = name;
    this.handler = handler;
    remembers = start == KeptLog.Start.WHERE_IT_WAS;
    thread = new Thread(this::run, "follow-" + topic.topicName() + "-" + name);
    thread.setDaemon(true);
  }

  void begin() {
    thread.start();
  }

  /** Reads on from the position until it is closed or something is wrong. */
  abstract void follow() throws Trouble;

  /** Ends a wait of {@link #follow}. */
  abstract void wake();

  /** "ok", or what is wrong with reading. */
  String reading() {
    return status;
  }

  private void run() {
    while (!isClosed()) {
      try {
        follow();
      } catch (Trouble e) {
        status = e.getMessage();
        pause(RETRY_MS);
      }
    }
  }

  /** Returns false when following was closed before the record was worked on. */
  boolean hear(KeptRecord record) {
    int pauseMs = FIRST_PAUSE_MS;
    while (!isClosed()) {
      try {
        handler.hear(record);
        return heard(record);
      } catch (IllegalArgumentException poison) {
        count(record, poison);
        return heard(record);
      } catch (Exception | LinkageError | AssertionError trouble) {
        handling =
            String.format(
                "%s cannot take %s %s and tries again: %s",
                name, topic.topicName(), record.key(), trouble);
        if (pauseMs == FIRST_PAUSE_MS) {
          LOG.warn(handling);
        }
        pause(pauseMs);
        pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
      }
    }
    return false;
  }

  private boolean heard(KeptRecord record) {
    handling = Trouble.NONE;
    position = record.offset();
    return true;
  }

  private void count(KeptRecord record, IllegalArgumentException poison) {
    poisoned.increment();
    if (poisoned.sum() <= MOST_LINES) {
      LOG.warnf(
          "%s skips %s %s at offset %d: %s",
          name, topic.topicName(), record.key(), record.offset(), poison.getMessage());
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public String status() {
    return handling.equals(Trouble.NONE) ? reading() : handling;
  }

  @Override
  public long poisoned() {
    return poisoned.sum();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Waits; returns early when following is closed. */
  private void pause(long milliseconds) {
    try {
      closed.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody of ours interrupts: who does wants an end.
      closed.countDown();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    wake();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
