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

  /**
   * Writes down the way of the point while it goes.
   *
   * <p>Rows closer than {@value #SPACING_NANOS} ns to the one before are left out; after ten
   * minutes nothing more is added.
   */
  public static final class Recording {
    static final long SPACING_NANOS = Trajectory.MOST_NANOS / (Trajectory.MOST_POINTS - 1);

    private static final int FIRST = 1024;

    private final String name;
    private final int width;
    private long[] nanos = new long[FIRST];
    private float[] rows;
    private int points;
    private long now;

    /**
     * @param width entries of a row
     */
    public Recording(String name, int width) {
      this.name = name;
      this.width = width;
      rows = new float[FIRST * width];
    }

    public String name() {
      return name;
    }

    /**
     * The point is here now.
     *
     * @param since nanoseconds since it was told last; of the first row it counts as 0
     */
    public void add(long since, float[] row) {
      now = points == 0 ? 0 : now + since;
      boolean close = points > 0 && now - nanos[points - 1] < SPACING_NANOS;
      if (close || now > Trajectory.MOST_NANOS || points == Trajectory.MOST_POINTS) {
        return;
      }
      if (points == nanos.length) {
        int larger = Math.min(2 * points, Trajectory.MOST_POINTS);
        nanos = Arrays.copyOf(nanos, larger);
        rows = Arrays.copyOf(rows, larger * width);
      }
      nanos[points] = now;
      System.arraycopy(row, 0, rows, points * width, width);
      points++;
    }

    /** What was written down; null if nothing was. */
    public Trajectory trajectory() {
      return points == 0
          ? null
          : new Trajectory(
              name, Arrays.copyOf(nanos, points), Arrays.copyOf(rows, points * width), width);
    }
  }

  /**
   * Leads the point along a trajectory, once or in a loop, faster or slower than it was recorded.
   */
  public static final class Replay {
    public static final float LEAST_SPEED = 0.1f;
    public static final float MOST_SPEED = 10;

    private final Trajectory trajectory;
    private final boolean loop;
    private final double speed;
    // Of the sound since it was begun, not of the trajectory: scaled once, so nothing adds up.
    private long elapsed;

    /**
     * @param speed 0.1..10 times as fast as recorded
     */
    public Replay(Trajectory trajectory, boolean loop, double speed) {
      this.trajectory = trajectory;
      this.loop = loop;
      this.speed = speed;
    }

    public String name() {
      return trajectory.name();
    }

    public int width() {
      return trajectory.width();
    }

    /**
     * Time goes by.
     *
     * @param nanos of the sound
     * @param row filled with where the way is now
     * @return whether it goes on
     */
    public boolean step(long nanos, float[] row) {
      elapsed += nanos;
      double moment = elapsed * speed;
      long length = trajectory.length();
      boolean round = loop && length > 0;
      // The end is the beginning: a loop waits for nothing at its seam.
      trajectory.at(round ? moment % length : moment, row);
      return loop || moment < length;
    }
  }
}
