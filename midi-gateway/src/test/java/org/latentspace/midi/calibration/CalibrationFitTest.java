package org.latentspace.midi.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.midi.calibration.Calibration.Point;
import org.latentspace.midi.calibration.CalibrationFit.Onset;
import org.latentspace.midi.calibration.CalibrationFit.Strike;
import org.latentspace.midi.calibration.CalibrationFit.Subject;
import org.latentspace.midi.robot.Robot;

class CalibrationFitTest {
  private static final Subject SUBJECT = new Subject("drum", "kick", 0);

  private static List<Strike> strikes() {
    StrokeSeries series = StrokeSeries.of(Robot.Limits.NONE, 1, 127);
    List<Strike> strikes = new ArrayList<>();
    for (int velocity : series.velocities()) {
      strikes.add(new Strike(velocity, strikes.size() * series.apartNanos()));
    }
    return strikes;
  }

  private static Onset heard(Strike strike, double ms, double db) {
    return new Onset(strike.toldNanos() + Math.round(ms * 1e6), (float) db, 30);
  }

  private static String refusal(List<Onset> onsets) {
    CalibrationFit fit = new CalibrationFit(strikes(), onsets, 0);
    return assertThrows(IllegalStateException.class, () -> fit.fit(SUBJECT)).getMessage();
  }

  @Test
  void whatTheInputTakesIsTakenOff() {
    List<Onset> onsets = strikes().stream().map(s -> heard(s, 42, s.velocity() - 100)).toList();
    Calibration found = new CalibrationFit(strikes(), onsets, 12).fit(SUBJECT);
    found.points().forEach(point -> assertEquals(30, point.latencyMs(), 1e-6));
    assertEquals(0, found.rejected());
    assertEquals(0, found.spreadMs(), 1e-6);
  }

  @Test
  void ofSeveralSoundsAfterAStrokeTheLoudestCounts() {
    List<Onset> onsets = new ArrayList<>();
    for (Strike strike : strikes()) {
      onsets.add(heard(strike, 4, -50));
      onsets.add(heard(strike, 30, -20));
      onsets.add(heard(strike, 130, -35));
    }
    Calibration found = new CalibrationFit(strikes(), onsets, 0).fit(SUBJECT);
    found.points().forEach(point -> assertEquals(30, point.latencyMs(), 1e-6));
  }

  @Test
  void softStrokesThatAreNotHeardAreLeftOut() {
    List<Onset> onsets =
        strikes().stream().filter(s -> s.velocity() > 20).map(s -> heard(s, 20, -20)).toList();
    Calibration found = new CalibrationFit(strikes(), onsets, 0).fit(SUBJECT);
    assertEquals(5, found.points().size());
    assertTrue(found.points().get(0).velocity() > 20);
    assertEquals(5, found.rejected());
  }

  @Test
  void refusesSilenceAndRandomSounds() {
    assertTrue(refusal(List.of()).startsWith("too silent: of 30 strokes 0 were heard"));
    Random random = new Random(3);
    List<Onset> sounds = new ArrayList<>();
    strikes().forEach(strike -> sounds.add(heard(strike, random.nextInt(500), -20)));
    assertTrue(refusal(sounds).startsWith("too noisy"), refusal(sounds));
    List<Onset> faint = new ArrayList<>();
    strikes().forEach(s -> faint.add(new Onset(s.toldNanos() + 9_000_000, -20, 4)));
    assertTrue(refusal(faint).startsWith("too silent"), refusal(faint));
  }

  @Test
  void theCurveIsMonotoneWhateverWasHeard() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      double[] off = random.doubles(128, -4, 4).toArray();
      List<Onset> onsets = new ArrayList<>();
      for (Strike strike : strikes()) {
        double ms = 30 + off[strike.velocity()] + random.nextGaussian();
        onsets.add(heard(strike, ms, -30 + 3 * off[strike.velocity() / 2]));
      }
      List<Point> points = new CalibrationFit(strikes(), onsets, 0).fit(SUBJECT).points();
      for (int i = 1; i < points.size(); i++) {
        assertTrue(points.get(i).latencyMs() <= points.get(i - 1).latencyMs());
        assertTrue(points.get(i).levelDb() >= points.get(i - 1).levelDb());
      }
    }
  }

  @Test
  void neighboursThatFallArePooledByTheirWeights() {
    List<Double> weights = DoubleStream.of(1, 1, 3, 1).boxed().toList();
    double[] rising = CalibrationFit.rising(new double[] {1, 5, 1, 7}, weights);
    assertArrayEquals(new double[] {1, 2, 2, 7}, rising, 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0, 30", "900, 0, 0, 30", "0, 20, 10, 30", "0, 10, 20, 24", "0, 2, 10, 9"})
  void aSeriesKeepsToTheLimitsAndToAMinute(
      double intervalMs, int strokes, double seconds, int count) {
    Robot.Limits limits =
        new Robot.Limits(Math.round(intervalMs * 1e6), strokes, Math.round(seconds * 1e9));
    StrokeSeries series = StrokeSeries.of(limits, 1, 127);
    assertEquals(count, series.velocities().size());
    assertTrue(series.apartNanos() > limits.intervalNanos());
    assertTrue(series.velocities().size() * series.apartNanos() <= StrokeSeries.MOST_NANOS);
    assertTrue(strokes == 0 || strokes * series.apartNanos() > limits.perNanos());
  }

  @Test
  void refusesARobotThatMayHardlyStrikeOrHasOneVelocity() {
    Robot.Limits few = new Robot.Limits(0, 1, 10_000_000_000L);
    String why =
        assertThrows(IllegalStateException.class, () -> StrokeSeries.of(few, 1, 127)).getMessage();
    assertTrue(why.startsWith("its limits allow 4 strokes in 50 s"), why);
    assertThrows(IllegalStateException.class, () -> StrokeSeries.of(Robot.Limits.NONE, 90, 90));
  }
}
