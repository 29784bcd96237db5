package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.midi.MidiSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.wire.StartMistake;

/** Addresses, and files as ports. */
class PortsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "synth", "midi:", "file:", "osc://x", "none:,,synth:"})
  void aWrongAddressEndsTheStartWithOneLine(String address) {
    StartMistake mistake =
        assertThrows(StartMistake.class, () -> Ports.open(address, 50_000_000, 0).close());
    assertTrue(mistake.getMessage().startsWith("midi-gateway.outputs="), mistake.getMessage());
    assertTrue(mistake.getMessage().contains("must be"), mistake.getMessage());
    assertEquals(1, mistake.getMessage().lines().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing/x.mid", "."})
  void aFileThatCannotBeWrittenEndsTheStart(String path) {
    String address = "file:" + folder.resolve(path);
    StartMistake mistake =
        assertThrows(StartMistake.class, () -> Ports.open(address, 50_000_000, 0).close());
    assertTrue(mistake.getMessage().contains(address), mistake.getMessage());
  }

  @Test
  void theFileIsWholeAtTheStartAndWhenClosedInTheMiddle() throws Exception {
    Path path = folder.resolve("x.mid");
    Ports ports = Ports.open("file:" + path, 50_000_000, 0);
    assertEquals(1, MidiSystem.getSequence(path.toFile()).getTracks().length);
    ports.begin(false);
    ports.tempo(0, 90);
    ports.meter(0, 6, 8);
    ports.strike(0, 960_000, 0x992464);
    ports.close();
    var track = MidiSystem.getSequence(path.toFile()).getTracks()[0];
    // Name, tempo, meter, on, off, end's place, end.
    assertEquals(7, track.size());
    assertEquals(1920, track.get(3).getTick());
    assertEquals(1920 + 144, track.get(4).getTick(), "50 ms at 90 bpm");
    assertTrue(Files.size(path) < 100);
  }

  @Test
  void aMissingSoundCardIsWeatherAtMost() {
    try (Ports ports = Ports.open("synth:,none:", 50_000_000, 0)) {
      ports.strike(System.nanoTime(), 0, 0x992464);
      assertTrue(ports.isAnyFair(), "the other port plays");
      assertEquals(1, ports.states().get(1).strokes());
    }
  }
}
