package org.latentspace.feature.dsp;

/**
 * How densely the onsets lie: one over the mean time between the recent ones, pitched or not. The
 * interval that is still open counts as soon as it makes the mean longer, so that the density falls
 * while nothing begins; it is 0 until the second onset and after the memory's end.
 */
final class Density {
  private final double[] onsets;
  private final double oldestSeconds;
  private int newest = -1;
  private int count;

  /** onsets: 2..64 remembered, none older than oldest seconds. */
  Density(int onsets, double oldestSeconds) {
    this.onsets = new double[onsets];
    this.oldestSeconds = oldestSeconds;
  }

  /** An onset at a time in seconds, which never goes back. */
  void add(double time) {
    newest = (newest + 1) % onsets.length;
    count = Math.min(count + 1, onsets.length);
    onsets[newest] = time;
  }

  /** Onsets a second at the time now. */
  double perSecond(double now) {
    while (count > 0 && first() < now - oldestSeconds) {
      count--;
    }
    if (count < 2) {
      return 0;
    }
    double closed = (onsets[newest] - first()) / (count - 1);
    double open = (now - first()) / count;
    return 1 / Math.max(Math.max(closed, open), 1e-3);
  }

  private double first() {
    return onsets[(newest - count + 1 + onsets.length) % onsets.length];
  }
}
