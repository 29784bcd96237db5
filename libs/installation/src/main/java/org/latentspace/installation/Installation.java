package org.latentspace.installation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Who plays, which robots are played, and through what: the file installation.yaml, checked as a
 * whole. What is not said there is as without a file.
 *
 * @param performers their names; empty: whoever comes
 * @param ensembles each with another name, in the order of the file; empty: one, of all robots
 * @param ports by name; no address twice
 * @param robots each with another name, in the order of the file; empty: General MIDI
 * @param senses what is felt of performers beside their sound, by name
 * @param controls pads, pedals, controllers and OSC addresses that do something
 * @param pads pads that are played to the song
 */
public record Installation(
    List<String> performers,
    List<EnsemblePart> ensembles,
    Map<String, PortPart> ports,
    List<RobotPart> robots,
    Map<String, SensePart> senses,
    List<ControlPart> controls,
    List<PadPart> pads) {
  /** Nothing is said. */
  public static final Installation NONE =
      new Installation(List.of(), List.of(), Map.of(), List.of(), Map.of(), List.of(), List.of());

  /**
   * A drummer's pads.
   *
   * @param midiIn part of their MIDI input's name
   * @param performer who plays them
   * @param ensemble to whose bars; empty: the first one's
   * @param channel MIDI channel 1..16; 0: any
   * @param latencyMs from a stroke to its message, 0..500
   * @param notes MIDI notes and the voices that they are; empty: General MIDI
   */
  public record PadPart(
      String midiIn,
      String performer,
      String ensemble,
      int channel,
      double latencyMs,
      Map<Integer, String> notes) {}

  /**
   * A way out.
   *
   * @param address such as "midi:UM-ONE"
   * @param nudgeMs everything is heard so much later there, -500..500; negative: earlier
   */
  public record PortPart(String address, double nudgeMs) {}

  /**
   * The same, but a port has another address.
   *
   * @throws NoSuchElementException there is no such port; the message says which there are
   * @throws InstallationFault another port has it already
   */
  public Installation withPort(String port, String address) throws InstallationFault {
    known("port", port, ports.keySet());
    Map<String, PortPart> all = new LinkedHashMap<>(ports);
    all.put(port, new PortPart(address, ports.get(port).nudgeMs));
    if (all.values().stream().filter(each -> each.address.equals(address)).count() > 1) {
      throw new InstallationFault(
          List.of("ports." + port + "=" + address + ": must be an address of no other port"));
    }
    return new Installation(performers, ensembles, all, robots, senses, controls, pads);
  }

  /**
   * The same, but a robot has other ports.
   *
   * @param names empty: midi-gateway's outputs
   * @throws NoSuchElementException there is no such robot or port; the message says which there are
   */
  public Installation withRobotPorts(String robot, List<String> names) {
    known("robot", robot, robots.stream().map(RobotPart::name).toList());
    names.forEach(name -> known("port", name, ports.keySet()));
    List<String> distinct = names.stream().distinct().toList();
    List<RobotPart> all =
        robots.stream()
            .map(part -> part.name.equals(robot) ? part.with(part.voices, distinct) : part)
            .toList();
    return new Installation(performers, ensembles, ports, all, senses, controls, pads);
  }

  private static void known(String what, String name, Collection<String> those) {
    if (!those.contains(name)) {
      throw new NoSuchElementException(
          "no "
              + what
              + " \""
              + name
              + "\"; there are "
              + (those.isEmpty() ? "none" : String.join(", ", those)));
    }
  }

  /** Whose rhythm an ensemble plays. */
  public enum Lead {
    /** Of the performer who became active last. */
    LATEST,
    /** The mean of all, weighted by the loudness of their rhythms. */
    MEAN,
    /** Always of one performer. */
    ONE
  }

  /**
   * A group of robots that plays one rhythm. What is empty is as midi-gateway's settings say.
   *
   * @param performers who may lead it; empty: everybody
   * @param leader the one performer, where lead is ONE; else empty
   * @param takeOver "cell", "beat" or "bar"; or empty
   * @param shuffle 0..1
   * @param nudgeMs -500..500
   * @param division 1, 2 or 4
   * @param mute its robots strike nothing
   * @param solo ensembles without it strike nothing
   */
  public record EnsemblePart(
      String name,
      List<String> performers,
      Lead lead,
      String leader,
      String takeOver,
      OptionalDouble shuffle,
      OptionalDouble nudgeMs,
      OptionalInt division,
      boolean mute,
      boolean solo) {}

  /**
   * A machine that strikes.
   *
   * @param ensemble the name of its ensemble; empty where no ensemble is named
   * @param voices what it strikes; one at least
   * @param ports names of ports; empty: midi-gateway's outputs
   * @param channel MIDI channel, 1..16
   * @param velocity how hard it strikes
   * @param minIntervalMs two strokes closer than this it cannot do, 0..1000
   * @param duty how much it bears, or null: any
   * @param priority 0..100: of strokes that leave together the higher leaves first
   * @param gateMs how long a note lasts, 1..2000; empty: as midi-gateway's settings say
   * @param mute strikes nothing
   * @param solo robots of its ensemble without it strike nothing
   */
  public record RobotPart(
      String name,
      String ensemble,
      List<VoicePart> voices,
      List<String> ports,
      int channel,
      VelocityPart velocity,
      double minIntervalMs,
      DutyPart duty,
      int priority,
      OptionalDouble gateMs,
      boolean mute,
      boolean solo) {
    /** The same robot, which strikes so many milliseconds later than it is told. */
    public RobotPart later(double ms) {
      return with(voices.stream().map(voice -> voice.later(ms)).toList(), ports);
    }

    private RobotPart with(List<VoicePart> struck, List<String> names) {
      return new RobotPart(
          name,
          ensemble,
          struck,
          names,
          channel,
          velocity,
          minIntervalMs,
          duty,
          priority,
          gateMs,
          mute,
          solo);
    }
  }

  /**
   * A voice of the rhythm that a robot strikes.
   *
   * @param note MIDI note, 0..127
   * @param latency from the message to the stroke, over the message's velocity; one point at least,
   *     velocities rising
   */
  public record VoicePart(String name, int note, List<LatencyPoint> latency) {
    private VoicePart later(double ms) {
      return new VoicePart(
          name, note, latency.stream().map(p -> new LatencyPoint(p.velocity, p.ms - ms)).toList());
    }

    /**
     * From the message to the stroke: between two points on the line between them, beyond the first
     * and the last as there.
     *
     * @param velocity of the message, 1..127
     */
    public double latencyMs(int velocity) {
      LatencyPoint before = latency.get(0);
      for (LatencyPoint point : latency) {
        if (velocity <= point.velocity) {
          int width = point.velocity - before.velocity;
          double part = width <= 0 ? 1 : (double) (velocity - before.velocity) / width;
          return velocity <= before.velocity
              ? before.ms
              : before.ms + part * (point.ms - before.ms);
        }
        before = point;
      }
      return before.ms;
    }
  }

  /**
   * A measured latency.
   *
   * @param velocity of the message, 1..127
   * @param ms 0..500
   */
  public record LatencyPoint(int velocity, double ms) {}

  /**
   * How a rhythm's velocity 0..1 becomes the message's: min + (max - min) · velocity^curve.
   *
   * @param min 1..127
   * @param max min..127
   * @param curve 0.1..10; 1: straight
   */
  public record VelocityPart(int min, int max, double curve) {
    /** 1..127. */
    public int of(float velocity) {
      return Math.max(1, (int) Math.round(min + (max - min) * Math.pow(velocity, curve)));
    }
  }

  /**
   * At most so many strokes in any stretch of so many seconds.
   *
   * @param strokes 1..4096
   * @param perSeconds 0.1..600
   */
  public record DutyPart(int strokes, double perSeconds) {}

  /**
   * A sense beside the sound, a number or a list of numbers.
   *
   * @param low raw values that become 0, 1..256 of them: one, or one for each entry
   * @param high raw values that become 1; as many, each above its low
   */
  public record SensePart(List<Double> low, List<Double> high) {}
}
