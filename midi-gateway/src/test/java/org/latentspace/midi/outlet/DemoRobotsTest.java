package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.latentspace.installation.Installation;
import org.latentspace.installation.Installation.PortPart;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.installation.InstallationFile;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.time.EnsembleSetup;
import org.latentspace.midi.time.EnsembleStyle;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Transport;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.performer.Origin;
import org.latentspace.robotsim.SimulatedRobots;

/**
 * What {@code ./play --demo-robots} plays: twelve robots in two ensembles, each a sound of its own.
 */
class DemoRobotsTest {
  private static final Path DEMO = Path.of("..", "robot-sim", "demo.yaml");
  private static final int ROBOTS = 12;

  private static Installation demo() throws Exception {
    return InstallationFile.read(DEMO::toString);
  }

  @Test
  void everyRobotHasANoteOfItsOwnAndTheLatencyOfTheOneBehindIt() throws Exception {
    Set<Integer> notes = new TreeSet<>();
    for (RobotPart robot : demo().robots()) {
      for (VoicePart voice : robot.voices()) {
        notes.add(voice.note());
        double loud = SimulatedRobots.loudMs(voice.note() - 36);
        assertEquals(loud, voice.latencyMs(127), 0.01, robot.name());
        assertEquals(1.5 * loud, voice.latencyMs(1), 0.01, robot.name());
      }
    }
    assertEquals(ROBOTS, notes.size(), "notes " + notes);
  }

  @Test
  void bothEnsemblesStrikeWithAllOfTheirRobots() throws Exception {
    Installation demo = demo();
    Map<Integer, String> names =
        demo.robots().stream()
            .collect(Collectors.toMap(r -> r.voices().get(0).note(), RobotPart::name));
    Set<String> struck = new ConcurrentSkipListSet<>();
    try (Ports ports = new Ports(false, 0);
        AutoCloseable listening = SimulatedRobots.listen(s -> struck.add(names.get(s.note())))) {
      List<String> addresses = demo.ports().values().stream().map(PortPart::address).toList();
      long port = ports.open(Ports.KEY, addresses);
      ports.start();
      until("the port is there", 10, () -> ports.status().equals("ok"));
      List<EnsembleSetup> setups = new ArrayList<>();
      demo.ensembles().forEach(part -> setups.add(setup(demo, part.name(), port)));
      Performance.Settings settings =
          new Performance.Settings(new Transport(300, true), 0, false, setups);
      try (Performance performance = new Performance(settings, ports)) {
        performance.start();
        performance.play(rhythm(demo), (newest, end) -> {});
        until("all robots strike: " + struck, 20, () -> struck.size() == ROBOTS);
      }
    }
    assertTrue(struck.containsAll(names.values()), struck.toString());
  }

  private static EnsembleSetup setup(Installation demo, String ensemble, long port) {
    List<RobotPart> own =
        demo.robots().stream().filter(robot -> robot.ensemble().equals(ensemble)).toList();
    RobotSet robots = RobotSet.of(own, names -> port, 20, new HashMap<>());
    EnsembleStyle style = new EnsembleStyle(TakeOver.BEAT, 0, 0, false, false);
    return Ensembles.setup(ensemble, style, robots);
  }

  /** Every voice of the built-in model, one after the other. */
  private static Rhythm rhythm(Installation demo) {
    List<String> voices =
        demo.robots().stream().map(r -> r.voices().get(0).name()).distinct().toList();
    int count = voices.size();
    Rhythm.Strokes strokes =
        new Rhythm.Strokes(new int[count], new int[count], new float[count], new float[count]);
    for (int i = 0; i < count; i++) {
      strokes.step()[i] = i;
      strokes.voice()[i] = i;
      strokes.velocity()[i] = 1;
    }
    Origin origin = new Origin("performer", 1, 0, 0, false, false);
    return new Rhythm(origin, "test", new Grid(1, 4, 4, 4, 1), voices, strokes, new float[2]);
  }
}
