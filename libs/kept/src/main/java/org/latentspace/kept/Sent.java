package org.latentspace.kept;

/** A record on its way to another log. */
final class Sent {
  private final long offset;
  private final int bytes;
  private final long sentNanos = System.nanoTime();
  private boolean arrived;

  Sent(KeptRecord record) {
    offset = record.offset();
    bytes = Frames.length(record.key(), record.value());
  }

  long offset() {
    return offset;
  }

  /** That it takes on the disk. */
  int bytes() {
    return bytes;
  }

  /** Of System.nanoTime. */
  long sentNanos() {
    return sentNanos;
  }

  /** Of the lock of its queue. */
  void arrive() {
    arrived = true;
  }

  boolean hasArrived() {
    return arrived;
  }
}
