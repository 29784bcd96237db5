package org.latentspace.explorer.trajectory;

import java.util.Arrays;

/**
 * Writes down the way of the point while it goes.
 *
 * <p>Rows closer than {@value #SPACING_NANOS} ns to the one before are left out; after ten minutes
 * nothing more is added.
 */
public final class Recording {
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
