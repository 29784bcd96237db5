package org.latentspace.midi.outlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private PlayedInstallation now;
  private final Map<String, StrokeHistory> histories = new ConcurrentHashMap<>();

  /** What the installation's file says now. */
  public interface Reader {
    Installation read() throws InstallationFault;
  }

  /** Another way to play. */
  public interface Change {
    /**
     * @throws InstallationFault what is wrong with it
     */
    PlayedInstallation of(PlayedInstallation now) throws InstallationFault;
  }

  /**
   * What can be played.
   *
   * @param ports a bit for each port that it needs
   * @param clock ports that get the song's clock
   */
  public record Setup(
      List<EnsembleSetup> ensembles,
      long ports,
      PlayedInstallation wanted,
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
      Setup setup = setup(new PlayedInstallation(file.read(), config.outputs()), Ports.KEY);
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
    return open(new PlayedInstallation(file.read(), config.outputs()), Ports.KEY, List.of());
  }

  /**
   * The same as now but for a change, and for what is measured of the robots meanwhile.
   *
   * @throws InstallationFault what is wrong; nothing is opened then
   */
  public synchronized Setup change(Change change) throws InstallationFault {
    PlayedInstallation wanted = change.of(now);
    boolean others = !wanted.outputs().equals(now.outputs());
    return open(wanted, "outputs", others ? wanted.outputs() : List.of());
  }

  /**
   * @param checked addresses that are opened for a moment, though nobody may need them
   */
  private Setup open(PlayedInstallation wanted, String key, List<String> checked)
      throws InstallationFault {
    long before = ports.bits();
    try {
      ports.open(key, checked);
      Setup setup = setup(wanted, key);
      ports.keep(before | setup.ports);
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

  private Setup setup(PlayedInstallation wanted, String key) {
    Installation installation = wanted.installation();
    List<EnsemblePart> parts = installation.ensembles();
    List<RobotPart> robots = installation.robots().stream().map(measured).toList();
    boolean plain =
        robots.stream().anyMatch(robot -> robot.ports().isEmpty())
            || robots.isEmpty()
            || parts.stream().anyMatch(part -> robotsOf(robots, part.name()).isEmpty());
    long outputs = plain ? ports.open(key, wanted.outputs()) : 0;
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
