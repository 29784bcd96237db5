package org.latentspace.robotsim;

import java.util.random.RandomGenerator;

/**
 * A machine that strikes when a note comes: later than told, softly later than loudly, never quite
 * the same, and not at all while it still moves. Knows no clock; time and chance are arguments.
 */
public final class SimulatedRobot {
  private static final int MOST_VELOCITY = 127;

  private final int port;
  private final int note;
  private final Mechanics mechanics;
  private long busyUntilNanos = Long.MIN_VALUE;

  /**
   * What it is made of.
   *
   * @param softMs from a message of velocity 1 to the stroke
   * @param loudMs from a message of velocity 127 to the stroke; between them on a line
   * @param jitterMs standard deviation of both
   * @param curve force = (velocity / 127)^curve
   * @param deadMs for so long after a message it does not hear another
   */
  public record Mechanics(
      double softMs, double loudMs, double jitterMs, double curve, double deadMs) {}

  /**
   * A stroke.
   *
   * @param port of the robot, from 1
   * @param note of the robot
   * @param toldNanos when the message came
   * @param struckNanos when it is heard; 0: the robot was still moving and missed it
   * @param force 0..1
   */
  public record Stroke(int port, int note, long toldNanos, long struckNanos, double force) {
    public boolean isMissed() {
      return struckNanos == 0;
    }
  }

  /**
   * @param port behind which it is, from 1
   * @param note MIDI note, 0..127
   */
  public SimulatedRobot(int port, int note, Mechanics mechanics) {
    this.port = port;
    this.note = note;
    this.mechanics = mechanics;
  }

  public int note() {
    return note;
  }

  /**
   * A note-on has come.
   *
   * @param velocity 1..127
   */
  public Stroke strike(int velocity, long nowNanos, RandomGenerator chance) {
    if (nowNanos < busyUntilNanos) {
      return new Stroke(port, note, nowNanos, 0, 0);
    }
    busyUntilNanos = nowNanos + Math.round(mechanics.deadMs * 1e6);
    double loud = (velocity - 1) / (double) (MOST_VELOCITY - 1);
    double late = mechanics.softMs + loud * (mechanics.loudMs - mechanics.softMs);
    late += chance.nextGaussian() * mechanics.jitterMs;
    double force = Math.pow(velocity / (double) MOST_VELOCITY, mechanics.curve);
    long struck = nowNanos + Math.round(Math.max(0, late) * 1e6);
    return new Stroke(port, note, nowNanos, struck, force);
  }
}
