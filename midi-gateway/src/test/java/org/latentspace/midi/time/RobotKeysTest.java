package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.latentspace.installation.Installation.LatencyPoint;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VelocityPart;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.time.Transport.TakeOver;

/**
 * What a robot's keys say is what it does, for random robots that bear everything: voices, channel,
 * note, latency, velocity, priority, gate, ports, mute and solo. Its limits: {@link
 * RobotLimitsTest}.
 */
class RobotKeysTest {
  private static final List<String> VOICES = List.of("kick", "snare", "closed-hat", "open-hat");
  private static final long BEGIN = 7_000_000_000L;

  private record Left(long due, int noteOn, Robot robot) {}

  private final List<Left> left = new ArrayList<>();
  private Random random;
  private List<RobotPart> parts;
  private RobotSet robots;
  private Pattern pattern;
  private long leadIn;

  private RobotPart part(int number) {
    List<VoicePart> voices = new ArrayList<>();
    for (String voice : VOICES) {
      if (voices.isEmpty() || random.nextInt(3) == 0) {
        List<LatencyPoint> latency = List.of(new LatencyPoint(1, 10 * random.nextInt(3)));
        voices.add(new VoicePart(voice, random.nextInt(128), latency));
      }
    }
    int min = 1 + random.nextInt(60);
    double curve = 0.25 * (1 + random.nextInt(12));
    return new RobotPart(
        "robot-" + number,
        "",
        voices,
        List.of("port-" + random.nextInt(3)),
        1 + random.nextInt(16),
        new VelocityPart(min, min + random.nextInt(128 - min), curve),
        0,
        null,
        random.nextInt(4),
        OptionalDouble.of(1 + random.nextInt(500)),
        random.nextInt(4) == 0,
        random.nextInt(8) == 0);
  }

  @BeforeEach
  void playTwoBars(RepetitionInfo repetition) {
    random = new Random(repetition.getCurrentRepetition());
    parts = IntStream.rangeClosed(1, 1 + random.nextInt(10)).mapToObj(this::part).toList();
    robots = RobotSet.of(parts, ports -> 1L << ports.get(0).charAt(5) - '0', 50, new HashMap<>());
    List<Rhythms.Hit> hits = new ArrayList<>();
    for (int step = 0; step < FOUR_FOUR.steps(); step++) {
      for (int voice = 0; voice < VOICES.size(); voice++) {
        if (step == 0 || random.nextInt(6) == 0) {
          hits.add(new Rhythms.Hit(step, voice, random.nextFloat(), 0));
        }
      }
    }
    pattern = Rhythms.pattern(1, FOUR_FOUR, hits);
    Song song =
        new Song(
            new Transport(120, true),
            (due, grain, noteOn, robot) -> left.add(new Left(due, noteOn, robot)));
    EnsembleStyle style = new EnsembleStyle(TakeOver.BAR, 0, 0, false, false);
    Ensemble ensemble = song.add(Ensembles.setup("robots", style, robots), PlaybackListener.NOBODY);
    leadIn = ensemble.leadInNanos();
    song.handOver(ensemble, pattern, false, BEGIN);
    song.finishAtBarLine();
    song.advance(BEGIN + 10_000_000_000L);
  }

  @RepeatedTest(200)
  void everyStrokeOfAVoiceGoesToEveryRobotThatStrikesItAsItsKeysSay() {
    boolean alone = parts.stream().anyMatch(RobotPart::solo);
    Map<String, Integer> expected = new TreeMap<>();
    Map<String, Integer> muted = new HashMap<>();
    for (RobotPart part : parts) {
      boolean silent = part.mute() || (alone && !part.solo());
      for (VoicePart voice : part.voices()) {
        for (int i = 0; i < pattern.first(FOUR_FOUR.stepsPerSongBar()); i++) {
          if (pattern.voice(i).equals(voice.name())) {
            if (silent) {
              muted.merge(part.name(), 1, Integer::sum);
            } else {
              expected.merge(expected(part, voice, i), 1, Integer::sum);
            }
          }
        }
      }
    }
    Map<String, Integer> struck = new TreeMap<>();
    for (Left one : left) {
      long late = Math.round((one.due - BEGIN - leadIn) / 1e6);
      struck.merge(
          one.robot.name() + " " + late + " ms " + Integer.toHexString(one.noteOn),
          1,
          Integer::sum);
    }
    assertEquals(expected.toString(), struck.toString());
    for (Robot robot : robots.robots()) {
      long counted = robot.history().muted();
      assertEquals((long) muted.getOrDefault(robot.name(), 0), counted, robot.name());
    }
  }

  private String expected(RobotPart part, VoicePart voice, int stroke) {
    VelocityPart v = part.velocity();
    double curved = Math.pow(pattern.velocity(stroke), v.curve());
    int velocity = (int) Math.round(v.min() + (v.max() - v.min()) * curved);
    int step = 0;
    while (pattern.first(step + 1) <= stroke) {
      step++;
    }
    long ms = Math.round(step * 500.0 / FOUR_FOUR.stepsPerBeat() - voice.latency().get(0).ms());
    int noteOn = 0x900000 | part.channel() - 1 << 16 | voice.note() << 8 | velocity;
    return part.name() + " " + ms + " ms " + Integer.toHexString(noteOn);
  }

  @RepeatedTest(200)
  void ofStrokesThatLeaveTogetherTheHigherPriorityLeavesFirst() {
    for (int i = 1; i < left.size(); i++) {
      Left before = left.get(i - 1);
      Left after = left.get(i);
      assertTrue(before.due <= after.due);
      assertTrue(
          before.due < after.due || before.robot.priority() >= after.robot.priority(),
          before + " before " + after);
    }
  }

  @RepeatedTest(20)
  void aRobotBringsItsPortsAndItsGate() {
    for (int i = 0; i < parts.size(); i++) {
      Robot robot = robots.robots().get(i);
      assertEquals(Math.round(parts.get(i).gateMs().getAsDouble() * 1e6), robot.gateNanos());
      assertEquals(1L << parts.get(i).ports().get(0).charAt(5) - '0', robot.ports());
    }
  }
}
