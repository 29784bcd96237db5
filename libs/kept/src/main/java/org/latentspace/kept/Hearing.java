package org.latentspace.kept;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/** Gives a follower's handler its records, one at a time: again after trouble, not after poison. */
final class Hearing {
  private static final Logger LOG = Logger.getLogger(Hearing.class);
  private static final int FIRST_PAUSE_MS = 100;
  private static final int LONGEST_PAUSE_MS = 10_000;
  private static final int MOST_LINES = 100;

  private final String follower;
  private final KeptLog.Handler handler;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final LongAdder poisoned = new LongAdder();
  private volatile String status = Trouble.NONE;

  Hearing(String follower, KeptLog.Handler handler) {
    if (!follower.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("a follower's name is [a-z0-9-], not " + follower);
    }
    this.follower = follower;
    this.handler = handler;
  }

  /** Returns false when following was closed before the record was worked on. */
  boolean hear(KeptRecord record) {
    int pauseMs = FIRST_PAUSE_MS;
    while (!isClosed()) {
      try {
        handler.hear(record);
        status = Trouble.NONE;
        return true;
      } catch (IllegalArgumentException poison) {
        count(record, poison);
        status = Trouble.NONE;
        return true;
      } catch (Exception | LinkageError | AssertionError trouble) {
        status = trouble(record, trouble);
        if (pauseMs == FIRST_PAUSE_MS) {
          LOG.warn(status);
        }
        pause(pauseMs);
        pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
      }
    }
    return false;
  }

  String status() {
    return status;
  }

  long poisoned() {
    return poisoned.sum();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Waits; returns early when following is closed. */
  void pause(long milliseconds) {
    try {
      if (closed.await(milliseconds, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      // Nobody of ours interrupts: who does wants an end.
      close();
    }
  }

  void close() {
    closed.countDown();
  }

  private String trouble(KeptRecord record, Throwable trouble) {
    return follower
        + " cannot take "
        + record.topic().topicName()
        + " "
        + record.key()
        + " and tries again: "
        + trouble;
  }

  private void count(KeptRecord record, IllegalArgumentException poison) {
    poisoned.increment();
    if (poisoned.sum() <= MOST_LINES) {
      LOG.warnf(
          "%s skips %s %s at offset %d: %s",
          follower, record.topic().topicName(), record.key(), record.offset(), poison.getMessage());
    }
  }
}
