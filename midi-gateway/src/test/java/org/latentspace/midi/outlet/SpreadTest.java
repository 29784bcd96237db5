package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.latentspace.installation.Installation.LatencyPoint;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VelocityPart;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.time.EnsembleStyle;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.midi.time.JitterRig;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Transport;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.robotsim.SimulatedRobot.Stroke;
import org.latentspace.robotsim.SimulatedRobots;

/** Sixteen robots of 5 to 60 ms are heard together: through the port, by what they say they did. */
class SpreadTest {
  private static final int ROBOTS = 16;
  private static final int BEATS = 40;
  private static final double MOST_MS = 3;

  private final Map<Integer, List<Stroke>> byNote = new ConcurrentHashMap<>();

  private static RobotSet robots(long port) {
    List<RobotPart> parts = new ArrayList<>();
    for (int i = 0; i < ROBOTS; i++) {
      double loud = SimulatedRobots.loudMs(i);
      List<LatencyPoint> latency =
          List.of(new LatencyPoint(1, 1.5 * loud), new LatencyPoint(127, loud));
      parts.add(
          new RobotPart(
              "robot-" + i,
              "",
              List.of(new VoicePart("kick", 36 + i, latency)),
              List.of(),
              10,
              new VelocityPart(1, 127, 1),
              30,
              null,
              0,
              OptionalDouble.empty(),
              false,
              false));
    }
    return RobotSet.of(parts, ports -> port, 20, new HashMap<>());
  }

  /** Four strokes to the bar, from soft to loud. */
  private static Rhythm rhythm() {
    List<Rhythms.Hit> hits = new ArrayList<>();
    for (int beat = 0; beat < 4; beat++) {
      hits.add(new Rhythms.Hit(beat * 4, 0, 0.25f + 0.25f * beat, 0));
    }
    return Rhythms.rhythm(Rhythms.origin(1), new Grid(1, 4, 4, 4, 1), hits);
  }

  @Test
  void robotsOfManyLatenciesAreHeardTogether() throws Exception {
    try (Ports ports = new Ports(false, 150_000);
        AutoCloseable listening =
            SimulatedRobots.listen(
                s ->
                    byNote
                        .computeIfAbsent(s.note(), note -> new CopyOnWriteArrayList<>())
                        .add(s))) {
      long port = ports.open(Ports.KEY, List.of("midi:" + SimulatedRobots.NAME));
      EnsembleStyle style = new EnsembleStyle(TakeOver.BAR, 0, 0, false, false);
      Performance.Settings settings =
          new Performance.Settings(
              new Transport(300, true),
              150_000,
              false,
              List.of(Ensembles.setup("robots", style, robots(port))));
      ports.start();
      until("the port is there", 10, () -> ports.status().equals("ok"));
      try (Performance performance = new Performance(settings, ports)) {
        performance.start();
        performance.play(rhythm(), (newest, end) -> {});
        Histogram bare = JitterRig.bareThread(BEATS / 5);
        until("all robots have struck", 20, this::isEnough);
        assertTogether(bare.getValueAtPercentile(99) / 1e6);
      }
    }
  }

  private boolean isEnough() {
    return byNote.size() == ROBOTS
        && byNote.values().stream().allMatch(strokes -> strokes.size() >= BEATS);
  }

  private void assertTogether(double bareLateMs) {
    List<Double> spreads = new ArrayList<>();
    for (int beat = 0; beat < BEATS; beat++) {
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      for (List<Stroke> strokes : byNote.values()) {
        assertFalse(strokes.get(beat).isMissed(), "missed a stroke");
        first = Math.min(first, strokes.get(beat).struckNanos());
        last = Math.max(last, strokes.get(beat).struckNanos());
      }
      spreads.add((last - first) / 1e6);
    }
    spreads.sort(null);
    double median = spreads.get(BEATS / 2);
    double most = spreads.get(BEATS * 9 / 10);
    String figures =
        "spread: median %.2f ms, p90 %.2f ms; a bare thread p99 %.2f ms late"
            .formatted(median, most, bareLateMs);
    System.out.println(figures);
    // Without the latencies taken off they lie 35 ms apart.
    assertTrue(median <= MOST_MS + bareLateMs, figures);
  }
}
