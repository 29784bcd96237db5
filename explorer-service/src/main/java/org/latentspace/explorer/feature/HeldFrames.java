package org.latentspace.explorer.feature;

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
  private float[] entries;
  // With which it was begun; null: not yet.
  private Frame first;
  private long newestNanos;

  /** Takes a frame; one without features, or beyond the longest time, is let pass. */
  public synchronized void hear(Frame frame) {
    int size = frame.vector().length;
    if (size == 0) {
      return;
    }
    long now = frame.origin().soundNanos();
    if (first == null || !frame.isLike(first) || now < newestNanos) {
      first = frame;
      sounding = new FrameSum(size);
      silent = new FrameSum(size);
      entries = new float[2 * size];
    }
    newestNanos = now;
    if (now - first.origin().soundNanos() <= MOST_NANOS) {
      frame.write(entries, 0);
      (frame.silent() ? silent : sounding).add(entries, 0);
    }
  }

  /** The mean of what was taken; null if nothing was. */
  public synchronized PairInput mean() {
    FrameSum taken = sounding.frames() > 0 ? sounding : silent;
    return taken.frames() > 0 ? taken.gesture(first.scaling(), first.names()) : null;
  }
}
