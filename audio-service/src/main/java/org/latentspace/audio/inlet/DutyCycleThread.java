package org.latentspace.audio.inlet;

import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.latentspace.audio.sound.DutyCycle;
import org.latentspace.wire.UnixClock;

/** A thread with one role: takes its turns until there are no more, and measures the longest. */
final class DutyCycleThread {
  private static final Logger LOG = Logger.getLogger(DutyCycleThread.class);
  private static final long AFTER_FAULT_NANOS = 1_000_000_000L;

  private final DutyCycle turns;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile long longestTurnNanos;
  private boolean faulted;

  DutyCycleThread(String role, DutyCycle turns) {
    this.turns = turns;
    thread = new Thread(this::run, role);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Lets the running turn end; waits for at most a second. */
  void stop() {
    stopped = true;
    // Not an interrupt: that would close the recording under the reader's hands.
    LockSupport.unpark(thread);
    try {
      thread.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long longestTurnNanos() {
    return longestTurnNanos;
  }

  private void run() {
    while (!stopped) {
      long begin = System.nanoTime();
      long pause = turn(begin);
      longestTurnNanos = Math.max(longestTurnNanos, System.nanoTime() - begin);
      if (pause == DutyCycle.NEVER) {
        return;
      }
      if (pause > 0) {
        LockSupport.parkNanos(pause);
      }
    }
  }

  private long turn(long nowNanos) {
    try {
      return turns.turn(nowNanos, UnixClock.nanos());
    } catch (RuntimeException fault) {
      if (!faulted) {
        faulted = true;
        LOG.errorf(fault, "%s failed and goes on; this is logged once", thread.getName());
      }
      return AFTER_FAULT_NANOS;
    }
  }
}
