package org.latentspace.wire.kept;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongSupplier;

/** What waits in memory for the disk; bounded. */
final class Inbox {
  private static final long MOST_BYTES = 16L << 20;

  // Guarded by this.
  private ArrayDeque<Pending> pending = new ArrayDeque<>();
  private int writing;
  private long bytes;
  private boolean closed;

  /**
   * @param mostBytes what may wait here and on the disk
   * @param onDisk bytes that wait there
   * @return false when there is no room, or nothing more is taken
   */
  synchronized boolean offer(Pending value, long mostBytes, LongSupplier onDisk) {
    if (closed
        || bytes + value.bytes() > MOST_BYTES
        || onDisk.getAsLong() + bytes + value.bytes() > mostBytes) {
      return false;
    }
    bytes += value.bytes();
    pending.add(value);
    notifyAll();
    return true;
  }

  /**
   * Waits for values, which may be none for a while.
   *
   * @param milliseconds to wait at most; 0: for ever
   * @return false when there will be no more
   */
  synchronized boolean take(List<Pending> batch, long milliseconds) {
    batch.clear();
    if (pending.isEmpty() && !closed) {
      try {
        wait(milliseconds);
      } catch (InterruptedException e) {
        return false;
      }
    }
    batch.addAll(pending);
    pending = new ArrayDeque<>();
    writing = batch.size();
    return !batch.isEmpty() || !closed;
  }

  /**
   * What was taken last is no longer here.
   *
   * @param elsewhere counts it there, at the same moment
   */
  synchronized void settle(List<Pending> batch, Runnable elsewhere) {
    elsewhere.run();
    writing = 0;
    batch.forEach(value -> bytes -= value.bytes());
  }

  /** How many wait here and elsewhere, at one moment. */
  synchronized long waiting(LongSupplier elsewhere) {
    return pending.size() + writing + elsewhere.getAsLong();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Nothing more is taken.
   *
   * @return false if that was so already
   */
  synchronized boolean close() {
    boolean first = !closed;
    closed = true;
    notifyAll();
    return first;
  }
}
