package org.latentspace.rtpmidi;

/**
 * Messages that wait for their time, the earliest first, equal ones in order of arrival; a binary
 * heap. Where it is full the earliest is played early.
 */
final class Playout {
  static final int CAPACITY = 1024;
  static final long NEVER = Long.MAX_VALUE;

  private final long[] due = new long[CAPACITY];
  private final long[] order = new long[CAPACITY];
  private final int[] message = new int[CAPACITY];
  private final RtpMidiListener listener;
  private final RtpMidiCounters counters;
  private int size;
  private long arrivals;

  Playout(RtpMidiListener listener, RtpMidiCounters counters) {
    this.listener = listener;
    this.counters = counters;
  }

  void add(int what, long dueNanos) {
    if (size == CAPACITY) {
      playFirst();
    }
    int at = size++;
    long arrival = arrivals++;
    while (at > 0 && due[(at - 1) / 2] > dueNanos) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    due[at] = dueNanos;
    order[at] = arrival;
    message[at] = what;
  }

  /** Plays all that is due; returns when the next is. */
  long play(long now) {
    while (size > 0 && due[0] <= now) {
      playFirst();
    }
    return size == 0 ? NEVER : due[0];
  }

  private void playFirst() {
    int what = message[0];
    long dueNanos = due[0];
    int last = --size;
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isBefore(child + 1, child)) {
        child++;
      }
      if (!isBefore(child, last)) {
        break;
      }
      move(child, at);
      at = child;
    }
    move(last, at);
    try {
      listener.hear(what, dueNanos);
    } catch (RuntimeException failed) {
      counters.refused.increment();
    }
  }

  private boolean isBefore(int a, int b) {
    return due[a] < due[b] || (due[a] == due[b] && order[a] < order[b]);
  }

  private void move(int from, int to) {
    due[to] = due[from];
    order[to] = order[from];
    message[to] = message[from];
  }
}
