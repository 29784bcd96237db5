package org.latentspace.midi.outlet;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded queue from the timing thread to a port's thread; one writes, one reads, neither waits,
 * nothing is allocated. What does not fit is refused.
 */
final class EventRing {
  private static final int CAPACITY = 4096;

  private final long[] due = new long[CAPACITY];
  private final long[] grain = new long[CAPACITY];
  private final int[] message = new int[CAPACITY];
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong read = new AtomicLong();

  /** Returns false when it is full. */
  boolean offer(long dueNanos, long atGrain, int what) {
    long next = written.get();
    if (next - read.get() >= CAPACITY) {
      return false;
    }
    int place = (int) next & (CAPACITY - 1);
    due[place] = dueNanos;
    grain[place] = atGrain;
    message[place] = what;
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

  /** Lets the oldest event go. */
  void remove() {
    read.lazySet(read.get() + 1);
  }
}
