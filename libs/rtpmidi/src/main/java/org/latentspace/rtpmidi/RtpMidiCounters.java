package org.latentspace.rtpmidi;

import java.util.concurrent.atomic.LongAdder;

/** What a session has counted since it was opened, over all its peers. */
public final class RtpMidiCounters {
  final LongAdder sent = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder late = new LongAdder();
  final LongAdder recovered = new LongAdder();
  final LongAdder refused = new LongAdder();

  RtpMidiCounters() {}

  /** Messages that left, once for each peer. */
  public long sent() {
    return sent.sum();
  }

  /** Messages that found no peer or no room, or that are none that can be sent. */
  public long dropped() {
    return dropped.sum();
  }

  /** Messages that arrived in packets. */
  public long received() {
    return received.sum();
  }

  /** Packets that were missing when a later one came. */
  public long lost() {
    return lost.sum();
  }

  /** Packets that came twice, or after a later one; they are not played. */
  public long late() {
    return late.sum();
  }

  /** Messages that stand for lost ones. */
  public long recovered() {
    return recovered.sum();
  }

  /** Datagrams that were broken, foreign or too many, and messages the listener failed at. */
  public long refused() {
    return refused.sum();
  }
}
