package org.latentspace.rtpmidi;

/** A bounded queue of messages to be sent, from any threads to the session's; full refuses. */
final class SendQueue {
  private static final int CAPACITY = 4096;

  private final int[] messages = new int[CAPACITY];
  private final long[] dues = new long[CAPACITY];
  private long written;
  private long read;

  synchronized boolean offer(int message, long dueNanos) {
    if (written - read == CAPACITY) {
      return false;
    }
    int place = (int) (written++ % CAPACITY);
    messages[place] = message;
    dues[place] = dueNanos;
    return true;
  }

  /** Takes what goes into the next packet: as much as fits, and is due in the order of sending. */
  synchronized void drainTo(MidiList batch) {
    batch.clear();
    while (read < written && batch.size < MidiList.MOST_WRITTEN) {
      int place = (int) (read % CAPACITY);
      if (batch.size > 0 && dues[place] < batch.times[batch.size - 1]) {
        return;
      }
      batch.add(messages[place], dues[place]);
      read++;
    }
  }

  synchronized boolean isEmpty() {
    return read == written;
  }
}
