package org.latentspace.explorer.trajectory;

/** Leads the point along a trajectory, once or in a loop, faster or slower than it was recorded. */
public final class Replay {
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
