package org.latentspace.midi.robot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.latentspace.installation.Installation.DutyPart;
import org.latentspace.installation.Installation.LatencyPoint;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VelocityPart;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.VoiceMap;

/** The robots of an ensemble, and who of them strikes a voice. */
public final class RobotSet {
  private static final Striker[] NOBODY = {};
  private static final List<LatencyPoint> AT_ONCE = List.of(new LatencyPoint(1, 0));

  // As the velocity of a rhythm has always been written: 0..1 to 0..127, at least 1.
  private static final VelocityPart PLAIN = new VelocityPart(0, 127, 1);

  private final List<Robot> robots;
  private final Map<String, Striker[]> byVoice = new LinkedHashMap<>();
  private final long aheadNanos;

  private RobotSet(List<Robot> robots, Map<String, List<Striker>> byVoice) {
    this.robots = List.copyOf(robots);
    byVoice.forEach((voice, all) -> this.byVoice.put(voice, all.toArray(NOBODY)));
    aheadNanos =
        byVoice.values().stream()
            .flatMap(List::stream)
            .mapToLong(s -> s.slowestNanos() + s.robot().limits().intervalNanos())
            .max()
            .orElse(0);
    listen();
  }

  /** Without robots: every voice is struck as General MIDI, or the settings, have it, at once. */
  public static RobotSet generalMidi(VoiceMap voices, Robot.Way way) {
    Robot robot = new Robot("", way, Robot.Limits.NONE, 0, new StrokeHistory());
    Map<String, List<Striker>> byVoice = new HashMap<>();
    voices
        .keys()
        .forEach(
            (voice, key) ->
                byVoice.put(
                    voice,
                    List.of(
                        new Striker(
                            robot,
                            key.channel(),
                            new VoicePart(voice, key.note(), AT_ONCE),
                            PLAIN))));
    return new RobotSet(List.of(), byVoice);
  }

  /**
   * Robots as an installation has them.
   *
   * @param ports a bit for each of these ports
   * @param gateMs of a robot that does not say its own
   * @param histories by name, of all robots that ever were; new ones are added
   */
  public static RobotSet of(
      List<RobotPart> parts,
      ToLongFunction<List<String>> ports,
      double gateMs,
      Map<String, StrokeHistory> histories) {
    Map<String, Robot> robots = new LinkedHashMap<>();
    Map<String, List<Striker>> byVoice = new LinkedHashMap<>();
    for (RobotPart part : parts) {
      long gate = nanos(part.gateMs().orElse(gateMs));
      Robot robot =
          new Robot(
              part.name(),
              new Robot.Way(ports.applyAsLong(part.ports()), gate),
              limits(part),
              part.priority(),
              histories.computeIfAbsent(part.name(), name -> new StrokeHistory()));
      robot.choose(part.mute(), part.solo());
      robots.put(part.name(), robot);
      for (VoicePart voice : part.voices()) {
        byVoice
            .computeIfAbsent(voice.name(), name -> new ArrayList<>())
            .add(new Striker(robot, part.channel() - 1, voice, part.velocity()));
      }
    }
    return new RobotSet(List.copyOf(robots.values()), byVoice);
  }

  private static Robot.Limits limits(RobotPart part) {
    DutyPart duty = part.duty();
    return new Robot.Limits(
        nanos(part.minIntervalMs()),
        duty == null ? 0 : duty.strokes(),
        duty == null ? 0 : nanos(duty.perSeconds() * 1000));
  }

  private static long nanos(double millis) {
    return Math.round(millis * 1e6);
  }

  /** Those of an installation, in its order. */
  public List<Robot> robots() {
    return robots;
  }

  /** All who strike a voice. */
  public Stream<Striker> strikers() {
    return byVoice.values().stream().flatMap(Arrays::stream);
  }

  /** Who strikes a voice; nobody for one that no robot knows. */
  public Striker[] strikers(String voice) {
    Striker[] all = byVoice.get(voice);
    return all == null ? NOBODY : all;
  }

  public boolean strikes(String voice) {
    return byVoice.containsKey(voice);
  }

  /** What a robot strikes. */
  public List<String> voices(Robot robot) {
    return byVoice.entrySet().stream()
        .filter(voice -> Arrays.stream(voice.getValue()).anyMatch(s -> s.robot() == robot))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether anything of it is struck. */
  public boolean strikes(Pattern pattern) {
    for (int i = 0; i < pattern.count(); i++) {
      if (strikes(pattern.voice(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * How long before it is heard a stroke must be known: until the slowest message has left, and
   * whether a louder one comes too close.
   */
  public long aheadNanos() {
    return aheadNanos;
  }

  /** Mute and solo are as with the robots of the same names. */
  public void chooseAs(RobotSet others) {
    for (Robot robot : robots) {
      for (Robot other : others.robots) {
        if (other.name().equals(robot.name())) {
          robot.choose(other.mute(), other.solo());
        }
      }
    }
    listen();
  }

  /** Makes silent who is mute, and who is not solo while another is. */
  public void listen() {
    boolean alone = robots.stream().anyMatch(Robot::solo);
    robots.forEach(robot -> robot.silent(robot.mute() || (alone && !robot.solo())));
  }
}
