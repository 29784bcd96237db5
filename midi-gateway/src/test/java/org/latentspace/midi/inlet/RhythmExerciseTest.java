package org.latentspace.midi.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.MidiConfig;
import org.latentspace.midi.outlet.OpenPorts;
import org.latentspace.midi.outlet.Ports;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.EnsembleSetup;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Transport;

/** The warm-up. */
class RhythmExerciseTest {
  @Test
  void strikesNoneOfTheRobotsThatWillPlay() {
    MidiConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(MidiConfig.class)
            .build()
            .getConfigMapping(MidiConfig.class);
    EnsembleSetup robots = Ensembles.robots(4);
    Performance.Settings settings =
        new Performance.Settings(new Transport(120, true), 0, false, List.of(robots));
    try (Ports ports = OpenPorts.of(List.of("none:"), false);
        Performance performance = new Performance(settings, ports)) {
      var round = new RhythmExercise(config, Rhythms.GENERAL_MIDI, performance).begin();
      for (int i = 0; i < 100; i++) {
        round.once();
      }
      for (Robot robot : robots.robots().robots()) {
        assertEquals(0, robot.history().strokes() + robot.history().tooClose(), robot.name());
      }
    }
  }
}
