package org.latentspace.midi.outlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.latentspace.installation.Installation;
import org.latentspace.installation.Installation.EnsemblePart;
import org.latentspace.installation.Installation.Lead;
import org.latentspace.installation.Installation.PortPart;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.InstallationFault;
import org.latentspace.midi.MidiConfig;
import org.latentspace.midi.rhythm.VoiceMap;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.robot.StrokeHistory;
import org.latentspace.midi.time.ClockControl;
import org.latentspace.midi.time.EnsembleSetup;
import org.latentspace.midi.time.EnsembleStyle;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.wire.StartMistake;

/**
 * The ensembles and robots as the installation's file and the settings have them, with their ports
 * open. Where no ensemble is named there is one; one without robots strikes General MIDI's notes.
 */
public final class InstalledEnsembles {
  private final MidiConfig config;
  private final VoiceMap voices;
  private final EnsembleStyle style;
  private final Ports ports;
  private final Reader file;
  private long open;
  private volatile List<ClockControl.Listener> clockListeners = List.of();
  private final Map<String, StrokeHistory> histories = new ConcurrentHashMap<>();

  /** What the installation's file says now. */
  public interface Reader {
    Installation read() throws InstallationFault;
  }

  /**
   * An installation that can be played.
   *
   * @param ports a bit for each port that it needs
   */
  public record Setup(List<EnsembleSetup> ensembles, long ports) {}

  /**
   * @param style of ensembles that do not say their own
   */
  public InstalledEnsembles(
      MidiConfig config, VoiceMap voices, EnsembleStyle style, Ports ports, Reader file) {
    this.config = config;
    this.voices = voices;
    this.style = style;
    this.ports = ports;
    this.file = file;
  }

  /** As {@link #read}; a mistake ends the start. */
  public List<EnsembleSetup> atStart() {
    try {
      Setup setup = setup(file.read());
      open = setup.ports;
      return setup.ensembles;
    } catch (InstallationFault fault) {
      throw new StartMistake(fault.getMessage());
    }
  }

  /**
   * What is to be played now; ports that were not open are opened.
   *
   * @throws InstallationFault what is wrong; nothing is opened then
   */
  public synchronized Setup read() throws InstallationFault {
    Installation installation = file.read();
    try {
      Setup setup = setup(installation);
      open |= setup.ports;
      return setup;
    } catch (StartMistake mistake) {
      ports.keep(open);
      throw new InstallationFault(List.of(mistake.getMessage()));
    }
  }

  /** Closes, a while later, the ports that are no longer needed. */
  public synchronized void keepSoon(long needed) {
    open = needed;
    ports.keepSoon(needed);
  }

  /** Of all robots that there ever were, by name. */
  public Map<String, StrokeHistory> histories() {
    return histories;
  }

  private Setup setup(Installation installation) {
    List<EnsemblePart> parts = installation.ensembles();
    List<RobotPart> robots = installation.robots();
    boolean plain =
        robots.stream().anyMatch(robot -> robot.ports().isEmpty())
            || robots.isEmpty()
            || parts.stream().anyMatch(part -> robotsOf(robots, part.name()).isEmpty());
    long outputs = plain ? ports.open(Ports.KEY, config.outputs()) : 0;
    Map<String, Long> byName = new ConcurrentHashMap<>();
    installation
        .ports()
        .forEach(
            (name, port) ->
                byName.put(
                    name, ports.open("installation.yaml: ports." + name, List.of(port.address()))));
    clockListeners = clockListeners(installation.ports());
    RobotSets sets = new RobotSets(outputs, byName, installation.ports());
    List<EnsembleSetup> setups = new ArrayList<>();
    for (EnsemblePart part : parts) {
      setups.add(setup(part, sets.of(robotsOf(robots, part.name()))));
    }
    if (setups.isEmpty()) {
      setups.add(
          new EnsembleSetup(
              config.ensemble(),
              List.of(),
              Lead.LATEST,
              "",
              config.stepDivision(),
              style,
              sets.of(robots)));
    }
    long all = outputs;
    for (long bit : byName.values()) {
      all |= bit;
    }
    for (ClockControl.Listener listener : clockListeners) {
      all |= listener.port();
    }
    return new Setup(setups, all);
  }

  /** Ports that get the song's clock, each with the nudge that the installation gives it. */
  private List<ClockControl.Listener> clockListeners(Map<String, PortPart> named) {
    List<ClockControl.Listener> all = new ArrayList<>();
    for (String text : config.clock().out().orElse(List.of())) {
      String to = text.strip();
      PortPart port =
          named.getOrDefault(
              to,
              named.values().stream()
                  .filter(each -> each.address().equals(to))
                  .findFirst()
                  .orElse(new PortPart(to, 0)));
      long bit = ports.open("midi-gateway.clock.out", List.of(port.address()));
      all.add(new ClockControl.Listener(bit, Math.round(port.nudgeMs() * 1e6)));
    }
    return all;
  }

  /** Ports that get the song's clock. */
  public List<ClockControl.Listener> clockListeners() {
    return clockListeners;
  }

  private static List<RobotPart> robotsOf(List<RobotPart> robots, String ensemble) {
    return robots.stream().filter(robot -> robot.ensemble().equals(ensemble)).toList();
  }

  /** Makes robots of their parts; none: General MIDI, through the outputs. */
  private final class RobotSets {
    private final long outputs;
    private final Map<String, Long> byName;
    private final Map<String, PortPart> named;

    RobotSets(long outputs, Map<String, Long> byName, Map<String, PortPart> named) {
      this.outputs = outputs;
      this.byName = byName;
      this.named = named;
    }

    RobotSet of(List<RobotPart> parts) {
      return parts.isEmpty()
          ? RobotSet.generalMidi(voices, new Robot.Way(outputs, Math.round(config.gateMs() * 1e6)))
          : RobotSet.of(
              parts.stream().map(this::nudged).toList(), this::bits, config.gateMs(), histories);
    }

    /** A port's nudge is as if its robots were so much faster. */
    private RobotPart nudged(RobotPart part) {
      return part.ports().isEmpty() ? part : part.later(named.get(part.ports().get(0)).nudgeMs());
    }

    private long bits(List<String> names) {
      return names.isEmpty() ? outputs : names.stream().mapToLong(byName::get).sum();
    }
  }

  private EnsembleSetup setup(EnsemblePart part, RobotSet robots) {
    return new EnsembleSetup(
        part.name(),
        part.performers(),
        part.lead(),
        part.leader(),
        part.division().orElse(config.stepDivision()),
        new EnsembleStyle(
            part.takeOver().isEmpty()
                ? style.takeOver()
                : TakeOver.valueOf(part.takeOver().toUpperCase(Locale.ROOT)),
            (float) part.shuffle().orElse(style.shuffle()),
            part.nudgeMs().isPresent()
                ? Math.round(part.nudgeMs().getAsDouble() * 1e6)
                : style.nudgeNanos(),
            part.mute(),
            part.solo()),
        robots);
  }
}
