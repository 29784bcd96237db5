package org.latentspace.installation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.latentspace.installation.Installation.DutyPart;
import org.latentspace.installation.Installation.LatencyPoint;
import org.latentspace.installation.Installation.PortPart;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VelocityPart;
import org.latentspace.installation.Installation.VoicePart;

/** Reads a robot. Note and latency may be said for all of its voices, or for each by its name. */
final class RobotReader {
  private static final int MOST_VOICES = 24;
  private static final int MOST_POINTS = 16;
  private static final int MOST_VELOCITY = 127;
  private static final double MOST_LATENCY_MS = 500;
  private static final double MOST_INTERVAL_MS = 1000;
  private static final int MOST_STROKES = 4096;

  // As the file of a model has it.
  private static final String VOICE_RULE = "1..32 characters of [A-Za-z0-9 ._/+-]";
  private static final Pattern VOICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._/+-]{0,31}");

  private static final List<String> KEYS =
      List.of(
          "ensemble",
          "voices",
          "ports",
          "channel",
          "note",
          "latency-ms",
          "velocity",
          "min-interval-ms",
          "duty",
          "priority",
          "gate-ms",
          "mute",
          "solo");

  private final List<String> ensembles;
  private final Map<String, PortPart> ports;

  RobotReader(List<String> ensembles, Map<String, PortPart> ports) {
    this.ensembles = ensembles;
    this.ports = ports;
  }

  RobotPart robot(SectionReader section, String name) {
    SectionReader keys = section.section(name, KEYS);
    return new RobotPart(
        name,
        ensemble(keys),
        voices(keys),
        ports(keys),
        keys.whole("channel", 1, 16, 10),
        velocity(keys),
        keys.number("min-interval-ms", 0, MOST_INTERVAL_MS).orElse(0),
        duty(keys),
        keys.whole("priority", 0, 100, 0),
        keys.number("gate-ms", 1, 2000),
        keys.flag("mute"),
        keys.flag("solo"));
  }

  /** A robot strikes once for all of its ports, so they are nudged alike. */
  private List<String> ports(SectionReader keys) {
    List<String> all =
        keys.texts("ports", ports.size(), ports::containsKey, right("ports", ports.keySet()));
    long nudges = all.stream().map(ports::get).mapToDouble(PortPart::nudgeMs).distinct().count();
    keys.require(nudges <= 1, keys.path("ports"), keys.at("ports"), "ports with one nudge-ms");
    return all;
  }

  private String ensemble(SectionReader keys) {
    if (ensembles.size() <= 1 && !keys.names("ensemble")) {
      return ensembles.isEmpty() ? "" : ensembles.get(0);
    }
    return keys.text("ensemble", ensembles::contains, right("ensembles", ensembles));
  }

  private static String right(String section, Iterable<String> names) {
    String all = String.join(", ", names);
    return all.isEmpty() ? "a name below " + section : "one of " + all;
  }

  private List<VoicePart> voices(SectionReader keys) {
    List<String> names = keys.texts("voices", MOST_VOICES, VOICE.asMatchPredicate(), VOICE_RULE);
    keys.require(
        keys.has("voices") && !keys.at("voices").isEmpty(),
        keys.path("voices"),
        keys.names("voices") ? keys.at("voices") : null,
        "a list of voices, one at least");
    List<VoicePart> voices = new ArrayList<>();
    boolean notesByVoice = keys.at("note").isObject();
    boolean latencyByVoice = keys.at("latency-ms").isObject();
    SectionReader notes = notesByVoice ? keys.section("note", names) : keys;
    SectionReader latencies = latencyByVoice ? keys.section("latency-ms", names) : keys;
    int note = notesByVoice ? 0 : keys.whole("note", 0, MOST_VELOCITY);
    List<LatencyPoint> latency = latencyByVoice ? List.of() : latency(keys, "latency-ms");
    for (String name : names) {
      voices.add(
          new VoicePart(
              name,
              notesByVoice ? notes.whole(name, 0, MOST_VELOCITY) : note,
              latencyByVoice ? latency(latencies, name) : latency));
    }
    return List.copyOf(voices);
  }

  private static List<LatencyPoint> latency(SectionReader keys, String key) {
    JsonNode node = keys.at(key);
    String place = keys.path(key);
    if (!keys.has(key)) {
      return List.of(new LatencyPoint(1, 0));
    }
    if (!node.isArray()) {
      return List.of(new LatencyPoint(1, keys.number(place, node, 0, MOST_LATENCY_MS)));
    }
    List<LatencyPoint> points = new ArrayList<>();
    keys.require(
        !node.isEmpty() && node.size() <= MOST_POINTS,
        place,
        node,
        "milliseconds, or 1.." + MOST_POINTS + " points [velocity, milliseconds]");
    int least = 1;
    for (int i = 0; i < node.size(); i++) {
      JsonNode point = node.get(i);
      String at = place + "[" + i + "]";
      if (keys.require(
          point.isArray() && point.size() == 2, at, point, "[velocity, milliseconds]")) {
        int velocity = keys.whole(at + "[0]", point.get(0), least, MOST_VELOCITY);
        points.add(
            new LatencyPoint(velocity, keys.number(at + "[1]", point.get(1), 0, MOST_LATENCY_MS)));
        least = Math.min(MOST_VELOCITY, velocity + 1);
      }
    }
    return List.copyOf(points);
  }

  private static VelocityPart velocity(SectionReader robot) {
    if (!robot.has("velocity")) {
      return new VelocityPart(1, MOST_VELOCITY, 1);
    }
    SectionReader keys = robot.section("velocity", List.of("min", "max", "curve"));
    int min = keys.whole("min", 1, MOST_VELOCITY, 1);
    return new VelocityPart(
        min,
        keys.whole("max", min, MOST_VELOCITY, MOST_VELOCITY),
        keys.number("curve", 0.1, 10).orElse(1));
  }

  private static DutyPart duty(SectionReader robot) {
    if (!robot.has("duty")) {
      return null;
    }
    SectionReader keys = robot.section("duty", List.of("strokes", "per-seconds"));
    return new DutyPart(
        keys.whole("strokes", 1, MOST_STROKES),
        keys.number(keys.path("per-seconds"), keys.at("per-seconds"), 0.1, 600));
  }
}
