package org.latentspace.midi.calibration;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.midi.robot.Robot;

/**
 * The strokes by which a robot is measured: several velocities, each several times, so far apart
 * that its limits hold and no stroke is mistaken for another.
 *
 * @param velocities of the messages, in the order in which they are struck
 * @param apartNanos from one stroke to the next
 */
public record StrokeSeries(List<Integer> velocities, long apartNanos) {
  /** All of it ends within this time. */
  public static final long MOST_NANOS = 50_000_000_000L;

  private static final long LEAST_APART_NANOS = 700_000_000;
  private static final long MARGIN_NANOS = 20_000_000;
  private static final int LEVELS = 6;
  private static final int EACH = 5;
  private static final int FEWEST = 9;
  private static final int FEW_LEVELS = 3;

  // Softer ones are not heard well.
  private static final int SOFTEST = 10;

  /**
   * For a robot and its velocities.
   *
   * @param least velocity of its softest message
   * @param most velocity of its loudest message
   * @throws IllegalStateException its limits allow too few strokes, or it has one velocity only
   */
  public static StrokeSeries of(Robot.Limits limits, int least, int most) {
    long apart = Math.max(LEAST_APART_NANOS, limits.intervalNanos() + MARGIN_NANOS);
    if (limits.strokes() > 0) {
      apart = Math.max(apart, limits.perNanos() / limits.strokes() + MARGIN_NANOS);
    }
    long count = Math.min(LEVELS * EACH, MOST_NANOS / apart);
    if (count < FEWEST) {
      throw new IllegalStateException(
          "its limits allow "
              + count
              + " strokes in "
              + MOST_NANOS / 1_000_000_000L
              + " s; "
              + FEWEST
              + " are needed");
    }
    int softest = Math.min(most, Math.max(least, SOFTEST));
    int levels = Math.min(count >= 3 * LEVELS ? LEVELS : FEW_LEVELS, most - softest + 1);
    if (levels < 2) {
      throw new IllegalStateException(
          "its velocities are " + least + " to " + most + "; two that differ are needed");
    }
    List<Integer> velocities = new ArrayList<>();
    for (int i = 0; i < count / levels * levels; i++) {
      // Each round begins with another one, so that what changes with time falls on all alike.
      int level = (i + i / levels * 2) % levels;
      velocities.add(softest + (int) Math.round((double) level * (most - softest) / (levels - 1)));
    }
    return new StrokeSeries(List.copyOf(velocities), apart);
  }
}
