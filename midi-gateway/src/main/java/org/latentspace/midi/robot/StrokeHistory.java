package org.latentspace.midi.robot;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * When a robot struck last, and how often its limits were in the way. Written by the timing thread;
 * any thread reads the counts.
 */
public final class StrokeHistory {
  private static final long NEVER = Long.MIN_VALUE / 2;

  private long lastLeft = NEVER;
  private long lastStruck = NEVER;
  // When its newest strokes left, a ring; as many as its duty counts.
  private long[] left = new long[0];
  private int oldest;
  // What it may be soon; null in that itself.
  private final StrokeHistory preview;

  private final LongAdder strokes = new LongAdder();
  private final LongAdder tooClose = new LongAdder();
  private final LongAdder overDuty = new LongAdder();
  private final LongAdder muted = new LongAdder();

  /** Nothing has been struck yet. */
  public StrokeHistory() {
    this(new StrokeHistory(null));
  }

  private StrokeHistory(StrokeHistory preview) {
    this.preview = preview;
  }

  /** The history as it may go on, apart from the true one. */
  public StrokeHistory preview() {
    return preview;
  }

  /** The preview goes on from what has been struck until now. */
  public void beginPreview() {
    preview.lastLeft = lastLeft;
    preview.lastStruck = lastStruck;
    preview.oldest = oldest;
    int both = Math.min(left.length, preview.left.length);
    System.arraycopy(left, 0, preview.left, 0, both);
  }

  /** Remembers so many strokes from now on; those that are remembered stay. */
  void remember(int most) {
    if (most != left.length) {
      long[] more = new long[most];
      Arrays.fill(more, NEVER);
      int both = Math.min(most, left.length);
      for (int i = 0; i < both; i++) {
        more[most - 1 - i] = left[(oldest + left.length - 1 - i) % left.length];
      }
      left = more;
      oldest = 0;
    }
    if (preview != null) {
      preview.remember(most);
    }
  }

  /** Whether a stroke would leave or sound closer than this to the last one. */
  public boolean isCloser(long leaveNanos, long strikeNanos, long intervalNanos) {
    return Math.abs(leaveNanos - lastLeft) < intervalNanos
        || Math.abs(strikeNanos - lastStruck) < intervalNanos;
  }

  /** Whether a stroke that leaves then would be one too many in this stretch of time. */
  public boolean isOverDuty(long leaveNanos, long perNanos) {
    return left.length > 0 && leaveNanos - left[oldest] < perNanos;
  }

  /** A stroke leaves. */
  public void leave(long leaveNanos, long strikeNanos) {
    lastLeft = leaveNanos;
    lastStruck = strikeNanos;
    if (left.length > 0) {
      left[oldest] = leaveNanos;
      oldest = (oldest + 1) % left.length;
    }
    strokes.increment();
  }

  /** A stroke is not struck. */
  public void drop(DropReason why) {
    switch (why) {
      case TOO_CLOSE -> tooClose.increment();
      case OVER_DUTY -> overDuty.increment();
      case MUTED -> muted.increment();
    }
  }

  /** Strokes that left for it. */
  public long strokes() {
    return strokes.sum();
  }

  /** Strokes that were too close to a louder one, or to one that had left. */
  public long tooClose() {
    return tooClose.sum();
  }

  /** Strokes beyond its duty. */
  public long overDuty() {
    return overDuty.sum();
  }

  /** Strokes while it, or its ensemble, was to be silent. */
  public long muted() {
    return muted.sum();
  }
}
