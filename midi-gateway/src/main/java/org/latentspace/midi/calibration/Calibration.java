package org.latentspace.midi.calibration;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.installation.Installation.LatencyPoint;

/**
 * What was heard of a robot that strikes a voice.
 *
 * @param unixSeconds when it was measured
 * @param points by rising velocity, two at least: latencies that do not rise, levels that do not
 *     fall
 * @param curve level = 20 · curve · log10(velocity) + a constant: 1 = in proportion to the velocity
 * @param strokes that were struck
 * @param rejected of them that were not heard, or lay apart from the others of their velocity
 * @param spreadMs standard deviation of the latency at one velocity
 */
public record Calibration(
    String robot,
    String voice,
    long unixSeconds,
    List<Point> points,
    double curve,
    int strokes,
    int rejected,
    double spreadMs) {
  private static final double MOST_LATENCY_MS = 500;

  /**
   * At one velocity.
   *
   * @param velocity of the message, 1..127
   * @param latencyMs from the message to the stroke
   * @param levelDb mean level of the stroke's first 30 ms in dBFS
   */
  public record Point(int velocity, double latencyMs, double levelDb) {}

  /** Throws IllegalArgumentException with what is out of range. */
  public Calibration {
    points = List.copyOf(points);
    int before = 0;
    for (Point point : points) {
      double latency = point.latencyMs;
      if (point.velocity <= before || point.velocity > 127) {
        throw new IllegalArgumentException(
            "velocity " + point.velocity + ": must rise, and be 1..127");
      }
      if (!(latency >= 0 && latency <= MOST_LATENCY_MS)) {
        throw new IllegalArgumentException("latency " + latency + " ms: must be 0..500");
      }
      before = point.velocity;
    }
    if (points.size() < 2) {
      throw new IllegalArgumentException(points.size() + " velocities: must be two at least");
    }
  }

  /**
   * The latency over all velocities: below the softest that was struck it goes on as between the
   * two softest.
   */
  public List<LatencyPoint> latency() {
    List<LatencyPoint> latency = new ArrayList<>();
    Point soft = points.get(0);
    Point next = points.get(1);
    if (soft.velocity > 1) {
      double slope = (next.latencyMs - soft.latencyMs) / (next.velocity - soft.velocity);
      double ms = soft.latencyMs - slope * (soft.velocity - 1);
      latency.add(new LatencyPoint(1, Math.max(0, Math.min(MOST_LATENCY_MS, ms))));
    }
    points.forEach(point -> latency.add(new LatencyPoint(point.velocity, point.latencyMs)));
    return latency;
  }
}
