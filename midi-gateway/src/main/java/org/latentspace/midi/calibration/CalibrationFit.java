package org.latentspace.midi.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latentspace.midi.calibration.Calibration.Point;

/**
 * Fits a robot's latency and loudness to what was heard of its strokes: of each stroke the loudest
 * onset after it, of each velocity the mean of those near the median, over all velocities the
 * nearest curve that does not rise (latency) or fall (level). A function of its arguments.
 */
public final class CalibrationFit {
  private static final double MOST_AFTER_MS = 550;
  private static final double MOST_BEFORE_MS = 3;
  private static final float LEAST_RISE_DB = 8;
  private static final double NEAR_MS = 3;
  private static final double NEAR_DEVIATIONS = 4;
  private static final double LEAST_HEARD = 0.6;
  private static final double MOST_REJECTED = 0.3;
  private static final double MOST_SPREAD_MS = 10;

  private final List<Strike> strikes;
  private final List<Onset> onsets;
  private final double inputLatencyMs;

  /** A stroke that was told to the robot, in nanoseconds of the clock that onsets are in. */
  public record Strike(int velocity, long toldNanos) {}

  /**
   * What was heard.
   *
   * @param nanos when it was captured
   * @param levelDb mean level of its first 30 ms
   * @param riseDb over what was heard before
   */
  public record Onset(long nanos, float levelDb, float riseDb) {
    /** Whether it stands out enough to be located. */
    public boolean isClear() {
      return riseDb >= LEAST_RISE_DB;
    }
  }

  /** Who was struck, and when, in Unix time. */
  public record Subject(String robot, String voice, long unixSeconds) {}

  private record Heard(int velocity, double latencyMs, double levelDb) {}

  /**
   * @param inputLatencyMs how late the input itself is
   */
  public CalibrationFit(List<Strike> strikes, List<Onset> onsets, double inputLatencyMs) {
    this.strikes = strikes;
    this.onsets = onsets;
    this.inputLatencyMs = inputLatencyMs;
  }

  /**
   * What was measured.
   *
   * @throws IllegalStateException it was too silent, or too noisy, and what was heard
   */
  public Calibration fit(Subject subject) {
    Map<Integer, List<Heard>> all = new TreeMap<>();
    Map<Integer, Integer> struck = new TreeMap<>();
    int heard = 0;
    for (Strike strike : strikes) {
      struck.merge(strike.velocity, 1, Integer::sum);
      Heard one = heard(strike);
      if (one != null) {
        heard++;
        all.computeIfAbsent(strike.velocity, none -> new ArrayList<>()).add(one);
      }
    }
    if (heard < LEAST_HEARD * strikes.size()) {
      throw new IllegalStateException(
          "too silent: of "
              + strikes.size()
              + " strokes "
              + heard
              + " were heard; bring the microphone nearer, or raise its gain");
    }
    return fit(all, struck, heard, subject);
  }

  /** The loudest clear onset within the time in which it can be heard; null: there is none. */
  private Heard heard(Strike strike) {
    Heard loudest = null;
    for (Onset onset : onsets) {
      double after = (onset.nanos - strike.toldNanos) / 1e6 - inputLatencyMs;
      boolean may = onset.isClear() && after >= -MOST_BEFORE_MS && after <= MOST_AFTER_MS;
      if (may && (loudest == null || onset.levelDb > loudest.levelDb)) {
        loudest = new Heard(strike.velocity, Math.max(0, after), onset.levelDb);
      }
    }
    return loudest;
  }

  private Calibration fit(
      Map<Integer, List<Heard>> all, Map<Integer, Integer> struck, int heard, Subject subject) {
    List<Point> points = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    double squares = 0;
    int kept = 0;
    for (Map.Entry<Integer, List<Heard>> level : all.entrySet()) {
      List<Heard> near = near(level.getValue());
      // What is only heard now and then is too soft to be measured.
      if (2 * near.size() > struck.get(level.getKey())) {
        double latency = near.stream().mapToDouble(Heard::latencyMs).average().orElseThrow();
        double loud = near.stream().mapToDouble(Heard::levelDb).average().orElseThrow();
        for (Heard one : near) {
          squares += (one.latencyMs - latency) * (one.latencyMs - latency);
        }
        points.add(new Point(level.getKey(), latency, loud));
        weights.add((double) near.size());
        kept += near.size();
      }
    }
    double spread = Math.sqrt(squares / Math.max(1, kept - points.size()));
    if (points.size() < 2 || heard - kept > MOST_REJECTED * heard || spread > MOST_SPREAD_MS) {
      throw new IllegalStateException(
          ("too noisy, or too uneven a robot: of %d strokes %d were heard, %d of them alike;"
                  + " their latency varies by %.1f ms")
              .formatted(strikes.size(), heard, kept, spread));
    }
    List<Point> monotone = monotone(points, weights);
    return new Calibration(
        subject.robot,
        subject.voice,
        subject.unixSeconds,
        monotone,
        curve(monotone),
        strikes.size(),
        strikes.size() - kept,
        spread);
  }

  /** Those near the median latency, by their median deviation. */
  private static List<Heard> near(List<Heard> all) {
    double middle = median(all.stream().mapToDouble(Heard::latencyMs).toArray());
    double[] off = all.stream().mapToDouble(h -> Math.abs(h.latencyMs - middle)).toArray();
    double most = Math.max(NEAR_MS, NEAR_DEVIATIONS * median(off));
    return all.stream().filter(h -> Math.abs(h.latencyMs - middle) <= most).toList();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static List<Point> monotone(List<Point> points, List<Double> weights) {
    double[] latency = rising(points.stream().mapToDouble(p -> -p.latencyMs()).toArray(), weights);
    double[] level = rising(points.stream().mapToDouble(Point::levelDb).toArray(), weights);
    List<Point> monotone = new ArrayList<>();
    for (int i = 0; i < latency.length; i++) {
      monotone.add(new Point(points.get(i).velocity(), Math.abs(latency[i]), level[i]));
    }
    return monotone;
  }

  /**
   * The nearest values that do not fall, by pooling neighbours that do (Barlow et al., Statistical
   * Inference under Order Restrictions, 1972).
   */
  static double[] rising(double[] values, List<Double> weights) {
    int count = values.length;
    double[] mean = new double[count];
    double[] weight = new double[count];
    int[] length = new int[count];
    int pools = 0;
    for (int i = 0; i < count; i++) {
      mean[pools] = values[i];
      weight[pools] = weights.get(i);
      length[pools++] = 1;
      while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
        double both = weight[pools - 2] + weight[pools - 1];
        double sum = mean[pools - 2] * weight[pools - 2] + mean[pools - 1] * weight[pools - 1];
        mean[pools - 2] = sum / both;
        weight[pools - 2] = both;
        length[pools - 2] += length[--pools];
      }
    }
    double[] rising = new double[count];
    int at = 0;
    for (int pool = 0; pool < pools; pool++) {
      Arrays.fill(rising, at, at + length[pool], mean[pool]);
      at += length[pool];
    }
    return rising;
  }

  /** Slope of the line through level over 20 · log10(velocity), by least squares. */
  private static double curve(List<Point> points) {
    double x = points.stream().mapToDouble(CalibrationFit::velocityDb).average().orElseThrow();
    double y = points.stream().mapToDouble(Point::levelDb).average().orElseThrow();
    double both = 0;
    double square = 0;
    for (Point point : points) {
      double off = velocityDb(point) - x;
      both += off * (point.levelDb() - y);
      square += off * off;
    }
    return both / square;
  }

  private static double velocityDb(Point point) {
    return 20 * Math.log10(point.velocity());
  }
}
