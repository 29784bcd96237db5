package org.latentspace.midi.outlet;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A port with a thread of its own, which works off what the timing thread leaves in a bounded
 * queue.
 */
abstract class QueuedPort implements Port {
  final EventRing ring = new EventRing();
  final LongAdder strokes = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final Thread thread;
  volatile boolean open = true;
  volatile String status;
  private final String address;

  /** The thread is started by the port, when all of it is made. */
  QueuedPort(String address, String threadName, String status) {
    this.address = address;
    this.status = status;
    thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
  }

  /** The thread's loop, until the port is no longer open. */
  abstract void run();

  /** Lets the thread end, and waits so long for that at most. */
  final void end(long millis) {
    open = false;
    LockSupport.unpark(thread);
    try {
      thread.join(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public String status() {
    return status;
  }

  @Override
  public long strokes() {
    return strokes.sum();
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }

  /**
   * A bounded queue from the timing thread to a port's thread; one writes, one reads, neither
   * waits, nothing is allocated. What does not fit is refused.
   */
  static final class EventRing {
    private static final int CAPACITY = 4096;

    private final long[] due = new long[CAPACITY];
    private final long[] grain = new long[CAPACITY];
    private final int[] message = new int[CAPACITY];
    private final long[] gate = new long[CAPACITY];
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /**
     * Returns false when it is full.
     *
     * @param gateNanos how long a note lasts
     */
    boolean offer(long dueNanos, long atGrain, int what, long gateNanos) {
      long next = written.get();
      if (next - read.get() >= CAPACITY) {
        return false;
      }
      int place = (int) next & (CAPACITY - 1);
      due[place] = dueNanos;
      grain[place] = atGrain;
      message[place] = what;
      gate[place] = gateNanos;
      written.lazySet(next + 1);
      return true;
    }

    boolean isEmpty() {
      return read.get() == written.get();
    }

    /** The oldest event's value; called by the reader, only while the ring is not empty. */
    long due() {
      return due[(int) read.get() & (CAPACITY - 1)];
    }

    long grain() {
      return grain[(int) read.get() & (CAPACITY - 1)];
    }

    int message() {
      return message[(int) read.get() & (CAPACITY - 1)];
    }

    long gate() {
      return gate[(int) read.get() & (CAPACITY - 1)];
    }

    /** Lets the oldest event go. */
    void remove() {
      read.lazySet(read.get() + 1);
    }
  }
}
