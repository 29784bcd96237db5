package org.latentspace.robots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.audio.sound.Onsets;
import org.latentspace.audio.sound.Sound;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.midi.calibration.Calibration;
import org.latentspace.midi.calibration.Calibration.Point;
import org.latentspace.midi.calibration.CalibrationFit;
import org.latentspace.midi.calibration.CalibrationFit.Onset;
import org.latentspace.midi.calibration.CalibrationFit.Strike;
import org.latentspace.midi.calibration.CalibrationFit.Subject;
import org.latentspace.midi.calibration.StrokeSeries;
import org.latentspace.midi.robot.Robot;
import org.latentspace.robotsim.SimulatedRobot;
import org.latentspace.robotsim.SimulatedRobot.Mechanics;
import org.latentspace.robotsim.SimulatedRobot.Stroke;
import org.latentspace.robotsim.SimulatedRobots;
import org.latentspace.robotsim.StrokeMixer;

/**
 * A robot is measured by its sound, in the time of its samples: the strokes of the series, the
 * sound that the simulated robot makes, audio-service's onsets in it, the fit. No sound card, no
 * clock.
 */
@Timeout(120)
class CalibrationTest {
  private static final int RATE = 44_100;
  private static final int BLOCK = 256;
  private static final double RIGHT_MS = 2;
  private static final long BEGIN = 1_000_000_000_000L;

  private record Heard(List<Strike> strikes, List<Onset> onsets, double seconds) {}

  /** Strikes the series, and listens to it in a room with so much noise (linear, rms). */
  private static Heard listen(SimulatedRobot robot, Robot.Limits limits, double noise, long seed) {
    StrokeSeries series = StrokeSeries.of(limits, 1, 127);
    Random chance = new Random(seed);
    StrokeMixer microphone = new StrokeMixer();
    List<Strike> strikes = new ArrayList<>();
    long told = BEGIN + 1_000_000_000L;
    for (int velocity : series.velocities()) {
      strikes.add(new Strike(velocity, told));
      told += series.apartNanos();
    }
    Onsets onsets = new Onsets();
    List<Onset> heard = new ArrayList<>();
    onsets.listen("near", o -> heard.add(new Onset(o.capturedNanos(), o.levelDb(), o.riseDb())));
    float[] samples = new float[BLOCK];
    int next = 0;
    for (long block = 0; BEGIN + Sound.nanos(block * BLOCK, RATE) < told; block++) {
      long first = BEGIN + Sound.nanos(block * BLOCK, RATE);
      long end = BEGIN + Sound.nanos((block + 1) * BLOCK, RATE);
      while (next < strikes.size() && strikes.get(next).toldNanos() < end) {
        Strike strike = strikes.get(next++);
        microphone.accept(robot.strike(strike.velocity(), strike.toldNanos(), chance));
      }
      for (int i = 0; i < BLOCK; i++) {
        samples[i] = (float) (noise * chance.nextGaussian());
      }
      microphone.mix(samples, BLOCK, first, RATE);
      // Blocks are read up to 6 ms late, as from a card.
      long read = end + chance.nextInt(6_000_000);
      onsets.hear("near", new Sound(samples, BLOCK, RATE, read, false));
    }
    return new Heard(strikes, heard, (told - BEGIN) / 1e9);
  }

  private static Calibration fit(Heard heard) {
    return new CalibrationFit(heard.strikes, heard.onsets, 0).fit(new Subject("robot", "kick", 0));
  }

  @Test
  void theLatencyOfEveryRobotIsFoundWithinTwoMillisecondsByItsSound() {
    for (int i = 0; i < 16; i++) {
      double loud = SimulatedRobots.loudMs(i);
      Mechanics mechanics = new Mechanics(1.5 * loud, loud, 0.2, 1.5, 20);
      SimulatedRobot robot = new SimulatedRobot(1, 36 + i, mechanics);
      Heard heard = listen(robot, new Robot.Limits(30_000_000, 0, 0), 0.0003, i);
      Calibration found = fit(heard);
      assertTrue(heard.seconds <= 60, "takes " + heard.seconds + " s");
      VoicePart voice = new VoicePart("kick", 36, found.latency());
      for (int velocity = 1; velocity <= 127; velocity++) {
        double right = loud * (1.5 - 0.5 * (velocity - 1) / 126);
        double off = voice.latencyMs(velocity) - right;
        assertTrue(
            Math.abs(off) <= RIGHT_MS,
            "robot " + i + " velocity " + velocity + " off by " + off + ": " + found);
      }
      assertMonotone(found);
      assertEquals(1.5, found.curve(), 0.15, found.toString());
    }
  }

  private static void assertMonotone(Calibration found) {
    for (int i = 1; i < found.points().size(); i++) {
      Point soft = found.points().get(i - 1);
      Point loud = found.points().get(i);
      assertTrue(loud.latencyMs() <= soft.latencyMs(), found.toString());
      assertTrue(loud.levelDb() >= soft.levelDb(), found.toString());
    }
  }

  /** Uneven robots, others in a louder room, with a duty: still within two milliseconds. */
  @ParameterizedTest
  @CsvSource({"2.0, 0.0003, 0", "0.2, 0.003, 0", "1.0, 0.001, 20"})
  void unevenRobotsInNoisyRoomsAreMeasured(double jitterMs, double noise, int strokesIn30s) {
    for (long seed = 1; seed <= 5; seed++) {
      Mechanics mechanics = new Mechanics(36, 24, jitterMs, 1.5, 20);
      SimulatedRobot robot = new SimulatedRobot(1, 45, mechanics);
      Robot.Limits limits = new Robot.Limits(100_000_000, strokesIn30s, 30_000_000_000L);
      Heard heard = listen(robot, limits, noise, seed);
      Calibration found = fit(heard);
      assertTrue(heard.seconds <= 60, "takes " + heard.seconds + " s");
      assertMonotone(found);
      for (Point point : found.points()) {
        double right = 36 - 12.0 * (point.velocity() - 1) / 126;
        assertEquals(right, point.latencyMs(), RIGHT_MS, found.toString());
      }
    }
  }

  @Test
  void refusesWhatIsTooSilentAndSaysSo() {
    SimulatedRobot robot = new SimulatedRobot(1, 45, new Mechanics(36, 24, 0.2, 1.5, 20));
    Heard heard = listen(robot, Robot.Limits.NONE, 0.3, 1);
    String why = assertThrows(IllegalStateException.class, () -> fit(heard)).getMessage();
    assertTrue(why.startsWith("too silent: of 30 strokes"), why);
  }

  /** A stroke that the robot itself misses, and a knock beside it, change nothing. */
  @Test
  void whatIsMissedOrKnockedIsRejected() {
    SimulatedRobot robot = new SimulatedRobot(1, 45, new Mechanics(36, 24, 0.2, 1.5, 20));
    Heard heard = listen(robot, Robot.Limits.NONE, 0.0003, 1);
    Calibration clean = fit(heard);
    heard.onsets.remove(3);
    long knock = heard.strikes.get(10).toldNanos() + 90_000_000;
    heard.onsets.add(new Onset(knock, 0, 40));
    Calibration found = fit(heard);
    assertEquals(clean.rejected() + 2, found.rejected());
    for (int i = 0; i < clean.points().size(); i++) {
      assertEquals(clean.points().get(i).latencyMs(), found.points().get(i).latencyMs(), 0.5);
    }
  }

  @Test
  void robotsSoundApart() {
    List<Double> crossings = new ArrayList<>();
    for (int note = 36; note < 52; note++) {
      StrokeMixer one = new StrokeMixer();
      one.accept(new Stroke(1, note, 0, 1, 1));
      float[] samples = new float[RATE / 20];
      one.mix(samples, samples.length, 0, RATE);
      int count = 0;
      for (int i = 1; i < samples.length; i++) {
        count += samples[i] * samples[i - 1] < 0 ? 1 : 0;
      }
      crossings.add((double) count);
    }
    for (int i = 1; i < crossings.size(); i++) {
      assertTrue(crossings.get(i) > 1.08 * crossings.get(i - 1), crossings.toString());
    }
  }
}
