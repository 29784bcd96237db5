package org.latentspace.explorer.feature;

import java.util.List;

/**
 * What is heard from a moment on, for its mean and spread over as long as something is held.
 *
 * <p>It takes {@value #MOST_NANOS} ns of sound. Another scaling, other senses or a sound that
 * begins again begin it anew. Frames in silence are left out of the mean where there are others.
 */
public final class HeldFrames {
  /** The longest that is held, in nanoseconds of sound. */
  public static final long MOST_NANOS = 60_000_000_000L;

  private FrameSum sounding = new FrameSum(Frame.FEATURES);
  private FrameSum silent = new FrameSum(Frame.FEATURES);
  private float[] entries = new float[0];
  private String scaling = "";
  private List<Sense> senses = List.of();
  private List<String> names = Frame.FEATURE_NAMES;
  private long firstNanos;
  private long newestNanos;

  /** Takes a frame; one without features, or beyond the longest time, is let pass. */
  public synchronized void hear(Frame frame) {
    if (frame.vector().length == 0) {
      return;
    }
    long now = frame.origin().soundNanos();
    boolean others =
        2 * frame.vector().length != entries.length
            || !frame.scaling().equals(scaling)
            || !frame.hasSenses(senses);
    if (others || now < newestNanos) {
      begin(frame);
    }
    newestNanos = now;
    if (now - firstNanos <= MOST_NANOS) {
      frame.write(entries, 0);
      (frame.silent() ? silent : sounding).add(entries, 0);
    }
  }

  private void begin(Frame frame) {
    int size = frame.vector().length;
    sounding = new FrameSum(size);
    silent = new FrameSum(size);
    entries = new float[2 * size];
    scaling = frame.scaling();
    senses = frame.senses();
    names = frame.names();
    firstNanos = frame.origin().soundNanos();
  }

  /** The mean of what was taken; null if nothing was. */
  public synchronized PairInput mean() {
    FrameSum taken = sounding.frames() > 0 ? sounding : silent;
    return taken.frames() > 0 ? taken.gesture(scaling, names) : null;
  }
}
