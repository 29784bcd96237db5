package org.latentspace.explorer.trajectory;

import java.util.Arrays;

/**
 * A way of the point: rows of x, y, ..., noise, z-ramp at moments of the sound's time.
 *
 * @param nanos of each row since the first, which is 0; rising; never written to
 * @param rows one after the other; never written to
 * @param width entries of a row, at least 4
 */
public record Trajectory(String name, long[] nanos, float[] rows, int width) {
  /** The longest, in sound. */
  public static final long MOST_NANOS = 600_000_000_000L;

  /** Rows that one has at most: one every 10 ms, and the first. */
  public static final int MOST_POINTS = 60_001;

  /** Throws IllegalArgumentException in one line. */
  public Trajectory {
    int points = nanos.length;
    require(points >= 1 && points <= MOST_POINTS, "points=" + points, "1.." + MOST_POINTS);
    require(width >= 4 && rows.length == points * width, "entries=" + rows.length, "whole rows");
    for (int i = 0; i < points; i++) {
      require(i == 0 ? nanos[i] == 0 : nanos[i] > nanos[i - 1], "times", "rising from 0");
    }
    require(nanos[points - 1] <= MOST_NANOS, "length", "at most 10 minutes");
  }

  public int points() {
    return nanos.length;
  }

  public long length() {
    return nanos[nanos.length - 1];
  }

  public double seconds() {
    return length() / 1e9;
  }

  /**
   * The way's place at a moment, linear between two rows.
   *
   * @param moment nanoseconds from its beginning; before and after it the way stands still
   * @param row filled
   */
  public void at(double moment, float[] row) {
    int before = Arrays.binarySearch(nanos, (long) Math.floor(moment));
    before = before < 0 ? Math.max(0, -before - 2) : before;
    int after = Math.min(before + 1, nanos.length - 1);
    double span = nanos[after] - nanos[before];
    double part = span == 0 ? 0 : Math.max(0, Math.min(1, (moment - nanos[before]) / span));
    for (int i = 0; i < width; i++) {
      double from = rows[before * width + i];
      row[i] = (float) (from + part * (rows[after * width + i] - from));
    }
  }

  private static void require(boolean right, String wrong, String would) {
    if (!right) {
      throw new IllegalArgumentException("trajectory: " + wrong + ": must be " + would);
    }
  }
}
