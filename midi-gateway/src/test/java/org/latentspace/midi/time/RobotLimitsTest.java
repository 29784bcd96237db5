package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.StrokeHistory;
import org.latentspace.midi.time.Transport.TakeOver;

/**
 * A thousand random swaps, random rhythms, tempi, robots and limits: no two strokes of a robot
 * closer than it can, the louder stays, none before its beat, none doubled, none lost without being
 * counted. What is struck is compared with the rule written down a second time, the slow way: first
 * all strokes of the song, then for each robot who stays.
 */
class RobotLimitsTest extends RobotRig {
  private static final int SWAPS = 1000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsStruckIsWhatTheSlowRuleSays(long seed) {
    begin(seed, TakeOver.values()[(int) (seed % 3)]);
    for (int swap = 1; swap <= SWAPS; swap++) {
      playOn();
      swap(swap);
    }
    finish();
    Set<String> stay = new TreeSet<>();
    robots.values().forEach(robot -> slowly(robot).forEach(s -> stay.add(s.text())));
    Set<String> heard = new TreeSet<>();
    struck.forEach(s -> assertTrue(heard.add(s.text()), s.text() + " is doubled"));
    assertTrue(heard.size() > 10_000, "strokes: " + heard.size());
    assertEquals(String.join("\n", stay), String.join("\n", heard));
    assertAllCountedAndNoneTooClose();
  }

  private static List<Struck> of(Robot robot, List<Struck> all) {
    return all.stream().filter(s -> s.robot().equals(robot.name())).toList();
  }

  /** Of all strokes of a robot those that stay. */
  private List<Struck> slowly(Robot robot) {
    long interval = robot.limits().intervalNanos();
    List<Struck> stay = new ArrayList<>();
    for (Struck stroke : of(robot, known)) {
      // None before the newest thirty is within a second.
      List<Struck> newest = stay.subList(Math.max(0, stay.size() - 30), stay.size());
      List<Struck> close = newest.stream().filter(s -> s.isCloser(stroke, interval)).toList();
      if (close.stream().allMatch(s -> s.velocity() < stroke.velocity())) {
        newest.removeAll(close);
        stay.add(stroke);
      }
    }
    stay.sort(Comparator.comparingLong(Struck::leave));
    int most = robot.limits().strokes();
    List<Struck> borne = new ArrayList<>();
    for (Struck stroke : stay) {
      int count = borne.size();
      if (most == 0
          || count < most
          || stroke.leave() - borne.get(count - most).leave() >= robot.limits().perNanos()) {
        borne.add(stroke);
      }
    }
    return borne;
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void noneIsTooCloseEarlyDoubledOrLostEitherWhenTempoAndTransportChange(long seed) {
    begin(seed, TakeOver.values()[(int) (seed % 3)]);
    for (int swap = 1; swap <= SWAPS; swap++) {
      playOn();
      swap(swap);
      if (random.nextInt(3) == 0) {
        double bpm = 20 + random.nextDouble() * 280;
        long ramp = random.nextBoolean() ? 0 : random.nextInt(2_000_000_000) * 4L;
        song.transport().tempo(bpm, ramp, now);
        noteWhatIsKnown();
        clock.ramp(bpm, ramp, now);
      }
      if (random.nextInt(20) == 0) {
        song.transport(new Transport(clock.bpm(), false), now);
        clock.run(false, now);
        now += random.nextInt(1_000_000_000);
        song.transport(new Transport(clock.bpm(), true), now);
        clock.run(true, now);
      }
    }
    song.transport(new Transport(240, true), now);
    clock.tempo(240, now);
    finish();
    Set<String> heard = new HashSet<>();
    struck.forEach(s -> assertTrue(heard.add(s.text()), s.text() + " is doubled"));
    assertTrue(heard.size() > 10_000, "strokes: " + heard.size());
    assertAllCountedAndNoneTooClose();
  }

  private void assertAllCountedAndNoneTooClose() {
    for (Robot robot : robots.values()) {
      List<Struck> mine = of(robot, struck);
      StrokeHistory history = robot.history();
      long all = of(robot, known).size();
      assertEquals(mine.size(), history.strokes());
      assertEquals(all, history.strokes() + history.tooClose() + history.overDuty(), robot.name());
      long interval = robot.limits().intervalNanos();
      List<Struck> heard = mine.stream().sorted(Comparator.comparingLong(Struck::strike)).toList();
      for (int i = 1; i < mine.size(); i++) {
        assertTrue(mine.get(i).leave() - mine.get(i - 1).leave() >= interval, robot.name());
        assertTrue(heard.get(i).strike() - heard.get(i - 1).strike() >= interval, robot.name());
      }
      int most = robot.limits().strokes();
      for (int i = most; most > 0 && i < mine.size(); i++) {
        long stretch = mine.get(i).leave() - mine.get(i - most).leave();
        assertTrue(stretch >= robot.limits().perNanos(), robot.name() + " beyond its duty");
      }
    }
  }

  @Test
  void everyDroppedStrokeHadALouderOrEquallyLoudOneTooClose() {
    begin(7, TakeOver.BAR);
    for (int swap = 1; swap <= SWAPS / 10; swap++) {
      playOn();
      swap(swap);
    }
    finish();
    Set<String> heard = new HashSet<>();
    struck.forEach(s -> heard.add(s.text()));
    int dropped = 0;
    for (Robot robot : robots.values()) {
      if (robot.limits().strokes() == 0) {
        long interval = robot.limits().intervalNanos();
        List<Struck> mine = of(robot, known);
        for (Struck stroke : mine) {
          if (!heard.contains(stroke.text())) {
            dropped++;
            assertTrue(
                mine.stream()
                    .anyMatch(
                        s ->
                            s != stroke
                                && s.velocity() >= stroke.velocity()
                                && s.isCloser(stroke, interval)),
                stroke.text());
          }
        }
      }
    }
    assertTrue(dropped > 100, "dropped: " + dropped);
  }
}
