package org.latentspace.midi.outlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
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
  private static final long LEAVE_SECONDS = 2;

  private final MidiConfig config;
  private final VoiceMap voices;
  private final EnsembleStyle style;
  private final Ports ports;
  private final Reader file;
  private final UnaryOperator<RobotPart> measured;
  private long newest;
  private final AtomicLong changes = new AtomicLong();
  private Wanted now;
  private final Map<String, StrokeHistory> histories = new ConcurrentHashMap<>();

  /** What the installation's file says now. */
  public interface Reader {
    Installation read() throws InstallationFault;
  }

  /**
   * What is to be played and through what.
   *
   * @param outputs addresses for robots that name no port
   */
  public record Wanted(Installation installation, List<String> outputs) {}

  /**
   * A wish that can be played.
   *
   * @param ports a bit for each port that it needs
   * @param clock ports that get the song's clock
   */
  public record Setup(
      List<EnsembleSetup> ensembles,
      long ports,
      Wanted wanted,
      List<ClockControl.Listener> clock) {}

  /**
   * @param style of ensembles that do not say their own
   * @param measured a robot of the file as it plays
   */
  public InstalledEnsembles(
      MidiConfig config,
      VoiceMap voices,
      EnsembleStyle style,
      Ports ports,
      Reader file,
      UnaryOperator<RobotPart> measured) {
    this.measured = measured;
    this.config = config;
    this.voices = voices;
    this.style = style;
    this.ports = ports;
    this.file = file;
  }

  /** As {@link #read}; a mistake ends the start. */
  public Setup atStart() {
    try {
      Setup setup = setup(new Wanted(file.read(), config.outputs()), Ports.KEY);
      now = setup.wanted;
      return setup;
    } catch (InstallationFault fault) {
      throw new StartMistake(fault.getMessage());
    }
  }

  /**
   * What the file and the settings say; ports that were not open are opened.
   *
   * @throws InstallationFault what is wrong; nothing is opened then
   */
  public synchronized Setup read() throws InstallationFault {
    return open(new Wanted(file.read(), config.outputs()), Ports.KEY);
  }

  /**
   * The same as now, but robots that name no port are struck through these addresses.
   *
   * @throws InstallationFault what is wrong; nothing is opened then
   */
  public synchronized Setup withOutputs(List<String> outputs) throws InstallationFault {
    if (outputs.isEmpty()) {
      throw new InstallationFault(List.of("outputs: must be one address at least"));
    }
    long before = ports.bits();
    try {
      // Also where nobody needs them now.
      ports.open("outputs", outputs);
    } catch (StartMistake mistake) {
      throw new InstallationFault(List.of(mistake.getMessage()));
    }
    Setup setup = open(new Wanted(now.installation, List.copyOf(outputs)), "outputs");
    ports.keep(before | setup.ports);
    return setup;
  }

  /**
   * The same as now, but a port of the installation has another address.
   *
   * @throws InstallationFault what is wrong; nothing is opened then
   * @throws NoSuchElementException there is no such port
   */
  public synchronized Setup withPort(String port, String address) throws InstallationFault {
    return open(new Wanted(now.installation.withPort(port, address), now.outputs), "outputs");
  }

  /**
   * The same as now, but a robot has other ports.
   *
   * @throws InstallationFault what is wrong; nothing is opened then
   * @throws NoSuchElementException there is no such robot or port
   */
  public synchronized Setup withRobotPorts(String robot, List<String> ports)
      throws InstallationFault {
    return open(new Wanted(now.installation.withRobotPorts(robot, ports), now.outputs), "outputs");
  }

  private Setup open(Wanted wanted, String key) throws InstallationFault {
    long before = ports.bits();
    try {
      Setup setup = setup(wanted, key);
      newest = setup.ports;
      return setup;
    } catch (StartMistake mistake) {
      ports.keep(before);
      throw new InstallationFault(List.of(mistake.getMessage()));
    }
  }

  /** This is going to be played, until another one is. */
  public synchronized void take(Setup setup) {
    now = setup.wanted;
  }

  /**
   * Closes the ports that are no longer needed, when what is planned for them has left; unless
   * another change has come meanwhile. Does not wait.
   */
  public void keepSoon(long needed) {
    long change = changes.incrementAndGet();
    ports.later(() -> keep(needed, change), LEAVE_SECONDS);
  }

  private synchronized void keep(long needed, long change) {
    if (change == changes.get()) {
      ports.keep(needed | newest);
    }
  }

  /** Of all robots that there ever were, by name. */
  public Map<String, StrokeHistory> histories() {
    return histories;
  }

  private Setup setup(Wanted wanted, String key) {
    Installation installation = wanted.installation;
    List<EnsemblePart> parts = installation.ensembles();
    List<RobotPart> robots = installation.robots().stream().map(measured).toList();
    boolean plain =
        robots.stream().anyMatch(robot -> robot.ports().isEmpty())
            || robots.isEmpty()
            || parts.stream().anyMatch(part -> robotsOf(robots, part.name()).isEmpty());
    long outputs = plain ? ports.open(key, wanted.outputs) : 0;
    String where = key.equals(Ports.KEY) ? "installation.yaml: " : "";
    Map<String, Long> byName = new ConcurrentHashMap<>();
    installation
        .ports()
        .forEach(
            (name, port) ->
                byName.put(name, ports.open(where + "ports." + name, List.of(port.address()))));
    List<ClockControl.Listener> clock = clockListeners(installation.ports());
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
    for (ClockControl.Listener listener : clock) {
      all |= listener.port();
    }
    ports.own(setups.stream().map(EnsembleSetup::robots).toList());
    return new Setup(setups, all, wanted, clock);
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
              parts.stream().map(this::timed).toList(), this::bits, config.gateMs(), histories);
    }

    /** A port's nudge is as if its robots were so much faster, its lead as if they were slower. */
    private RobotPart timed(RobotPart part) {
      double lead = ports.leadNanos(bits(part.ports())) / 1e6;
      double nudge = part.ports().isEmpty() ? 0 : named.get(part.ports().get(0)).nudgeMs();
      return nudge == lead ? part : part.later(nudge - lead);
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
