package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;
import static org.latentspace.midi.rhythm.Rhythms.pattern;
import static org.latentspace.midi.rhythm.Rhythms.randomHits;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.latentspace.installation.Installation.DutyPart;
import org.latentspace.installation.Installation.LatencyPoint;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VelocityPart;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.robot.Striker;
import org.latentspace.midi.robot.StrokeHistory;
import org.latentspace.midi.time.Transport.TakeOver;

/**
 * Two ensembles of random robots, played by a song, and their schedules a second time, from which
 * all strokes are known before any limit.
 */
abstract class RobotRig {
  static final List<String> VOICES = List.of("kick", "snare", "closed-hat", "open-hat");
  static final long ROUNDING = 4;

  /** A stroke of a robot: when its message leaves, when it is heard. */
  record Struck(String robot, long grain, int noteOn, long leave, long strike) {
    int velocity() {
      return noteOn & 0x7f;
    }

    String text() {
      return robot + " grain " + grain + " message " + Integer.toHexString(noteOn);
    }

    boolean isCloser(Struck other, long interval) {
      return Math.abs(leave - other.leave) < interval || Math.abs(strike - other.strike) < interval;
    }
  }

  /** An ensemble, and its schedule a second time, from which its strokes are known. */
  static final class Group {
    final Ensemble ensemble;
    final Scheduler schedule;
    final long ahead;
    final long nudge;

    Group(Ensemble ensemble) {
      this.ensemble = ensemble;
      EnsembleStyle style = ensemble.style();
      schedule = new Scheduler(style.takeOver(), style.shuffle());
      ahead = ensemble.robots().aheadNanos();
      nudge = style.nudgeNanos();
    }
  }

  final Map<String, StrokeHistory> histories = new HashMap<>();
  final Map<String, Robot> robots = new HashMap<>();
  final List<Struck> struck = new ArrayList<>();
  final List<Struck> known = new ArrayList<>();
  final List<Group> groups = new ArrayList<>();
  Random random;
  Clock clock;
  Song song;
  long before;
  long now;

  RobotPart randomRobot(String name) {
    List<VoicePart> voices = new ArrayList<>();
    for (String voice : VOICES) {
      if (voices.isEmpty() || random.nextInt(4) == 0) {
        voices.add(new VoicePart(voice, 36 + voices.size(), randomLatency()));
      }
    }
    DutyPart duty =
        random.nextInt(3) == 0
            ? new DutyPart(1 + random.nextInt(30), 0.5 + random.nextInt(5))
            : null;
    double interval = random.nextInt(4) == 0 ? 0 : random.nextInt(250);
    VelocityPart velocity = new VelocityPart(1 + random.nextInt(40), 100, 0.5 + random.nextInt(2));
    return new RobotPart(
        name,
        "",
        voices,
        List.of(),
        1,
        velocity,
        interval,
        duty,
        random.nextInt(3),
        OptionalDouble.empty(),
        false,
        false);
  }

  List<LatencyPoint> randomLatency() {
    double slow = 5 + random.nextInt(55);
    return List.of(
        new LatencyPoint(1, slow), new LatencyPoint(127, slow * (0.4 + random.nextDouble() * 0.6)));
  }

  void begin(long seed, TakeOver takeOver) {
    random = new Random(seed);
    now = random.nextInt(1_000_000_000);
    song = new Song(new Transport(120, true), new Noting());
    for (int group = 0; group < 2; group++) {
      List<RobotPart> parts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        parts.add(randomRobot("robot-" + group + "-" + i));
      }
      RobotSet set = RobotSet.of(parts, ports -> 1, 50, histories);
      set.robots().forEach(robot -> robots.put(robot.name(), robot));
      long nudge = random.nextInt(3) * 20_000_000L - 20_000_000;
      EnsembleStyle style = new EnsembleStyle(takeOver, group * 0.3f, nudge, false, false);
      groups.add(new Group(song.add(Ensembles.setup("group-" + group, style, set), listener())));
    }
    Pattern first = randomPattern(0);
    long leadIn = groups.stream().mapToLong(g -> g.ensemble.leadInNanos()).max().orElse(0);
    clock = new Clock(120);
    clock.begin(now + leadIn);
    groups.get(0).schedule.begin(first);
    groups.get(1).schedule.begin(Pattern.silence(FOUR_FOUR));
    before = now - 1;
    song.handOver(groups.get(0).ensemble, first, false, now);
    before = now;
    noteWhatIsKnown();
  }

  PlaybackListener listener() {
    return PlaybackListener.NOBODY;
  }

  Pattern randomPattern(long sequence) {
    return pattern(sequence, FOUR_FOUR, randomHits(FOUR_FOUR, random));
  }

  /** Notes what is struck, and that it leaves at its time: never early, never put off. */
  final class Noting implements Outputs {
    @Override
    public void strike(long due, long grain, int noteOn, Robot robot) {
      assertTrue(due <= now + ROUNDING, "left " + (due - now) + " ns before its time");
      assertTrue(due >= before - ROUNDING, "left a turn too late: due " + due + " in " + before);
      long latency = latency(robot, noteOn);
      struck.add(new Struck(robot.name(), grain, noteOn, due, due + latency));
    }
  }

  long latency(Robot robot, int noteOn) {
    for (Group group : groups) {
      for (String voice : VOICES) {
        for (Striker striker : group.ensemble.robots().strikers(voice)) {
          if (striker.robot() == robot && (striker.noteOn(1) >> 8) == (noteOn >> 8)) {
            return striker.latencyNanos(noteOn);
          }
        }
      }
    }
    throw new AssertionError(robot.name());
  }

  void noteWhatIsKnown() {
    for (Group group : groups) {
      long until = clock.grainAt(now + group.ahead - group.nudge);
      group.schedule.advance(until, (p, s, grain) -> note(group, p, s, grain));
    }
  }

  void note(Group group, Pattern pattern, int stroke, long grain) {
    for (Striker striker : group.ensemble.robots().strikers(pattern.voice(stroke))) {
      int noteOn = striker.noteOn(pattern.velocity(stroke));
      long strike = clock.nanosAt(grain) + group.nudge;
      long leave = strike - striker.latencyNanos(noteOn);
      known.add(new Struck(striker.robot().name(), grain, noteOn, leave, strike));
    }
  }

  void playOn() {
    long until = now + random.nextInt(1_200_000) * 1000L;
    while (now < until) {
      before = now;
      long next = song.nextNanos();
      now = Math.max(now, random.nextBoolean() ? next : now + random.nextInt(20_000_000));
      song.advance(now);
      noteWhatIsKnown();
      turned();
    }
  }

  /** The song has been advanced. */
  void turned() {}

  void swap(int sequence) {
    Group group = groups.get(random.nextInt(2));
    Pattern pattern = randomPattern(sequence);
    song.handOver(group.ensemble, pattern, false, now);
    group.schedule.pend(pattern, clock.grainAt(now + group.ahead - group.nudge));
  }

  void finish() {
    now += 3_000_000_000L;
    song.finishAtBarLine();
    before = 0;
    song.advance(now);
    groups.forEach(group -> group.schedule.finishAtBarLine());
    noteWhatIsKnown();
    assertTrue(song.isOver());
  }
}
