package org.latentspace.robotsim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.ShortMessage;
import org.junit.jupiter.api.Test;
import org.latentspace.robotsim.SimulatedRobot.Mechanics;
import org.latentspace.robotsim.SimulatedRobot.Stroke;

class SimulatedRobotTest {
  private static final long MS = 1_000_000;

  @Test
  void loudStrokesComeSoonerAndHarder() {
    SimulatedRobot robot = new SimulatedRobot(1, 36, new Mechanics(40, 20, 0, 2, 0));
    assertEquals(new Stroke(1, 36, 7, 7 + 20 * MS, 1), robot.strike(127, 7, new Random(1)));
    assertEquals(7 + 30 * MS, robot.strike(64, 7, new Random(1)).struckNanos());
    assertEquals(0.254, robot.strike(64, 7, new Random(1)).force(), 0.001);
  }

  @Test
  void whileItMovesItMissesStrokes() {
    SimulatedRobot robot = new SimulatedRobot(1, 36, new Mechanics(10, 10, 0, 1, 50));
    assertFalse(robot.strike(100, 0, new Random(1)).isMissed());
    assertTrue(robot.strike(127, 49 * MS, new Random(1)).isMissed());
    assertFalse(robot.strike(100, 50 * MS, new Random(1)).isMissed());
  }

  @Test
  void itsLatencyVariesAsToldAndIsNeverNegative() {
    SimulatedRobot robot = new SimulatedRobot(1, 36, new Mechanics(5, 5, 2, 1, 0));
    Random chance = new Random(2);
    double squares = 0;
    for (int i = 0; i < 10_000; i++) {
      double late = robot.strike(64, 0, chance).struckNanos() / (double) MS;
      assertTrue(late >= 0);
      squares += (late - 5) * (late - 5);
    }
    assertEquals(2, Math.sqrt(squares / 10_000), 0.1);
  }

  @Test
  void areFoundLikeEveryMidiPort() throws Exception {
    MidiDevice.Info found =
        Arrays.stream(MidiSystem.getMidiDeviceInfo())
            .filter(info -> info.getName().equals(SimulatedRobots.NAME))
            .findFirst()
            .orElseThrow();
    List<Stroke> strokes = new ArrayList<>();
    MidiDevice device = MidiSystem.getMidiDevice(found);
    device.open();
    try (AutoCloseable listening = SimulatedRobots.listen(strokes::add)) {
      device.getReceiver().send(new ShortMessage(ShortMessage.NOTE_ON, 9, 51, 127), -1);
      device.getReceiver().send(new ShortMessage(ShortMessage.NOTE_ON, 9, 52, 127), -1);
    }
    assertEquals(1, strokes.size());
    assertEquals(51, strokes.get(0).note());
    assertTrue(strokes.get(0).struckNanos() - strokes.get(0).toldNanos() > 30 * MS);
    device.close();
  }
}
