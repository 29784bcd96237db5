package org.latentspace.explorer.heard;

import java.util.List;

/**
 * What is heard from a moment on, for the mean over as long as something is held; a sum, so that it
 * takes no more room for a minute than for a second.
 *
 * <p>It takes {@value #MOST_NANOS} ns of sound. Another scaling, other senses or a sound that
 * begins again begin it anew. Frames in silence are left out of the mean where there are others.
 */
public final class HeldFrames {
  /** The longest that is held, in nanoseconds of sound. */
  public static final long MOST_NANOS = 60_000_000_000L;

  private double[] sounding = new double[0];
  private double[] silent = new double[0];
  private float[] entries = new float[0];
  private int soundingFrames;
  private int silentFrames;
  private String scaling = "";
  private List<Sense> senses = List.of();
  private List<String> names = Frame.FEATURE_NAMES;
  private long firstNanos;
  private long newestNanos;

  /**
   * Takes a frame; one without features is let pass.
   *
   * @return false when it is over: the frame lies beyond the longest time, and was not taken
   */
  public synchronized boolean hear(Frame frame) {
    if (frame.vector().length == 0) {
      return true;
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
    if (now - firstNanos > MOST_NANOS) {
      return false;
    }
    frame.write(entries, 0);
    double[] sum = frame.silent() ? silent : sounding;
    for (int i = 0; i < sum.length; i++) {
      sum[i] += entries[i];
    }
    if (frame.silent()) {
      silentFrames++;
    } else {
      soundingFrames++;
    }
    return true;
  }

  private void begin(Frame frame) {
    int length = 2 * frame.vector().length;
    sounding = new double[length];
    silent = new double[length];
    entries = new float[length];
    soundingFrames = 0;
    silentFrames = 0;
    scaling = frame.scaling();
    senses = frame.senses();
    names = frame.names();
    firstNanos = frame.origin().soundNanos();
  }

  /** The mean of what was taken; null if nothing was. */
  public synchronized Gesture mean() {
    if (soundingFrames > 0) {
      return Gesture.mean(sounding, soundingFrames, scaling, names);
    }
    return silentFrames > 0 ? Gesture.mean(silent, silentFrames, scaling, names) : null;
  }
}
