package org.latentspace.midi.time;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalDouble;
import org.latentspace.installation.Installation.DutyPart;
import org.latentspace.installation.Installation.LatencyPoint;
import org.latentspace.installation.Installation.Lead;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VelocityPart;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.robot.StrokeHistory;
import org.latentspace.midi.time.Transport.TakeOver;

/** Ensembles for tests. */
public final class Ensembles {
  private static final Robot.Way ALL_PORTS = new Robot.Way(-1L, 50_000_000);

  private Ensembles() {}

  /** A robot that bears everything, through all ports. */
  public static Robot robot(long gateNanos) {
    return new Robot("", new Robot.Way(-1L, gateNanos), Robot.Limits.NONE, 0, new StrokeHistory());
  }

  /** As without an installation. */
  public static EnsembleSetup generalMidi(TakeOver takeOver, float shuffle) {
    return setup(
        "ensemble",
        new EnsembleStyle(takeOver, shuffle, 0, false, false),
        RobotSet.generalMidi(Rhythms.GENERAL_MIDI, ALL_PORTS));
  }

  /** An ensemble that everybody may lead. */
  public static EnsembleSetup setup(String name, EnsembleStyle style, RobotSet robots) {
    return new EnsembleSetup(name, List.of(), Lead.LATEST, "", 1, style, robots);
  }

  /** So many robots, all on the kick, each slower and less able than the one before. */
  public static EnsembleSetup robots(int count) {
    return robots(count, 10);
  }

  /**
   * The same.
   *
   * @param intervalMs each can do so much less than the one before; 0: all bear everything
   */
  static EnsembleSetup robots(int count, double intervalMs) {
    List<RobotPart> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LatencyPoint soft = new LatencyPoint(1, 10 + i);
      VoicePart kick = new VoicePart("kick", 36, List.of(soft, new LatencyPoint(127, 5 + i)));
      parts.add(
          new RobotPart(
              "robot-" + i,
              "",
              List.of(kick),
              List.of(),
              1,
              new VelocityPart(1, 127, 1.5),
              intervalMs * i,
              i % 2 == 0 || intervalMs == 0 ? null : new DutyPart(i, 1),
              i % 3,
              OptionalDouble.empty(),
              i == 7,
              false));
    }
    return setup(
        "robots",
        new EnsembleStyle(TakeOver.BAR, 0, 0, false, false),
        RobotSet.of(parts, ports -> 1, 50, new HashMap<>()));
  }

  /** One ensemble. */
  public static Performance.Settings at(
      double bpm, TakeOver takeOver, float shuffle, long spinNanos) {
    return new Performance.Settings(
        new Transport(bpm, true), spinNanos, false, List.of(generalMidi(takeOver, shuffle)));
  }
}
