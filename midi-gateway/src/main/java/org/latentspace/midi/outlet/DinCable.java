package org.latentspace.midi.outlet;

/**
 * How strokes that are due together would smear on a DIN cable, which takes 0.96 ms for a note: 30
 * bits at 31 250 a second. One thread asks, any thread reads.
 */
final class DinCable {
  /** Of a port that is none. */
  static final DinCable UNUSED = new DinCable();

  static final long NOTE_NANOS = 960_000;

  private long freeNanos = Long.MIN_VALUE;
  private volatile long mostNanos;
  private volatile int mostAtOnce;

  /** A note-on that is due then; what came before it goes first. */
  void strike(long dueNanos) {
    long begin = Math.max(dueNanos, freeNanos);
    freeNanos = begin + NOTE_NANOS;
    if (begin - dueNanos > mostNanos) {
      mostNanos = begin - dueNanos;
    }
    int waiting = (int) ((freeNanos - dueNanos + NOTE_NANOS - 1) / NOTE_NANOS);
    if (waiting > mostAtOnce) {
      mostAtOnce = waiting;
    }
  }

  /** How much later than due a note would have begun, at most so far. */
  long mostNanos() {
    return mostNanos;
  }

  /** Notes that were on the cable or waited for it at the same time, at most so far. */
  int mostAtOnce() {
    return mostAtOnce;
  }
}
