package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.ShortMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.mididevices.MidiPort;
import org.latentspace.mididevices.UsbDevice;
import org.latentspace.wire.StartMistake;

/** Addresses, and files as ports. */
class PortsTest {
  private static final Robot ROBOT = Ensembles.robot(50_000_000);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "synth",
        "midi:",
        "midi:UM-ONE@card=2",
        "file:",
        "osc://x",
        "osc://x:9000",
        "osc://x:9000/",
        "osc://x:65536/a",
        "osc://x:9000/a b",
        "osc://x:9000/a?end",
        "rtp://x",
        "rtp://:0",
        "rtp://x:65535",
        "rtp://x:5004?lead-ms=81",
        "rtp://x:5004?lead",
        "rtp://x:5004?lead-ms=0",
        "rtp://x y:5004",
        "none:,synth:"
      })
  void aWrongAddressEndsTheStartWithOneLine(String address) {
    StartMistake mistake =
        assertThrows(
            StartMistake.class, () -> OpenPorts.of(List.of("none:", address), false).close());
    assertTrue(mistake.getMessage().startsWith("midi-gateway.outputs="), mistake.getMessage());
    assertTrue(mistake.getMessage().contains("must be"), mistake.getMessage());
    assertEquals(1, mistake.getMessage().lines().count());
  }

  @Test
  void aDeviceThatMayBeThisOrThatIsRefusedWithWhatTellsThemApart() {
    UsbDevice one = new UsbDevice("0582:012a", "", "1-2");
    UsbDevice two = new UsbDevice("0582:012a", "", "1-3");
    List<MidiPort> equal =
        List.of(
            new MidiPort("UM-ONE [hw:1,0,0]", "", one, 1),
            new MidiPort("UM-ONE [hw:2,0,0]", "", two, 1));
    try (Ports ports = new Ports(false, 0, () -> equal)) {
      StartMistake mistake =
          assertThrows(StartMistake.class, () -> ports.open("ports.wood", List.of("midi:UM-ONE")));
      assertTrue(
          mistake.getMessage().startsWith("ports.wood=midi:UM-ONE: must be one port only"),
          mistake.getMessage());
      assertTrue(mistake.getMessage().contains("midi:@id=0582:012a@usb=1-3"));
      assertEquals(1, mistake.getMessage().lines().count());
      ports.open("ports.wood", List.of("midi:UM-ONE@usb=1-3", "midi:absent"));
      assertEquals(2, ports.states().size(), "what is not there yet may come");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing/x.mid", "."})
  void aFileThatCannotBeWrittenEndsTheStart(String path) {
    String address = "file:" + folder.resolve(path);
    StartMistake mistake =
        assertThrows(
            StartMistake.class, () -> OpenPorts.of(List.of("none:", address), false).close());
    assertTrue(mistake.getMessage().contains(address), mistake.getMessage());
  }

  /** Plays one stroke into the file, or none. */
  private void perform(Path path, boolean replace, boolean stroke) {
    try (Ports ports = OpenPorts.of(List.of("file:" + path), replace)) {
      ports.begin(false);
      ports.tempo(0, 90);
      ports.meter(0, 6, 8);
      if (stroke) {
        ports.strike(0, 960_000, 0x992464, ROBOT);
      }
    }
  }

  @Test
  void theFileIsWholeWhenItIsClosedInTheMiddle() throws Exception {
    Path path = folder.resolve("x.mid");
    perform(path, false, true);
    var track = MidiSystem.getSequence(path.toFile()).getTracks()[0];
    // Name, tempo, meter, on, off, end's place, end.
    assertEquals(7, track.size());
    assertEquals(1920, track.get(3).getTick());
    assertEquals(1920 + 144, track.get(4).getTick(), "50 ms at 90 bpm");
    assertTrue(Files.size(path) < 100);
  }

  @Test
  void whatLeavesEarlierThanItIsHeardStandsInTheFileWhereItIsHeard() throws Exception {
    Path path = folder.resolve("x.mid");
    try (Ports ports = OpenPorts.of(List.of("file:" + path), false)) {
      ports.ahead(500_000_000);
      ports.begin(false);
      ports.tempo(0, 90);
      ports.strike(0, 960_000, 0x992664, ROBOT);
      ports.strike(0, 480_000, 0x992464, ROBOT);
      ports.strike(0, 1_920_000, 0x992464, ROBOT);
    }
    var track = MidiSystem.getSequence(path.toFile()).getTracks()[0];
    StringBuilder notes = new StringBuilder();
    for (int i = 0; i < track.size(); i++) {
      if (track.get(i).getMessage() instanceof ShortMessage note
          && note.getCommand() == ShortMessage.NOTE_ON) {
        notes.append(track.get(i).getTick()).append(':').append(note.getData1()).append(' ');
      }
    }
    assertEquals("960:36 1920:38 3840:36 ", notes.toString());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEarlierFileIsUntouchedWithoutAStroke(boolean replace) throws Exception {
    Path path = Files.writeString(folder.resolve("x.mid"), "of last night");
    perform(path, replace, false);
    StartMistake mistake =
        assertThrows(
            StartMistake.class,
            () -> OpenPorts.of(List.of("file:" + path, "x.mid"), replace).close());
    assertTrue(mistake.getMessage().contains("=x.mid: must be"), mistake.getMessage());
    assertEquals("of last night", Files.readString(path));
    assertEquals(1, folder.toFile().list().length);
  }

  @Test
  void whatIsStartedAgainTakesTheNextFreeName() throws Exception {
    Path path = Files.writeString(folder.resolve("x.mid"), "of last night");
    Files.writeString(folder.resolve("x-2.mid"), "of this morning");
    perform(path, false, true);
    assertEquals("of last night", Files.readString(path));
    assertEquals("of this morning", Files.readString(folder.resolve("x-2.mid")));
    assertEquals(1, MidiSystem.getSequence(folder.resolve("x-3.mid").toFile()).getTracks().length);
    assertEquals(3, folder.toFile().list().length, "nothing is left beside");
  }

  @Test
  void whereItIsToldSoTheFirstStrokeReplacesTheFileAndTheNextPerformanceNone() throws Exception {
    Path path = Files.writeString(folder.resolve("x.mid"), "of last night");
    Files.writeString(folder.resolve("x-2.mid"), "of this morning");
    try (Ports ports = OpenPorts.of(List.of("file:" + path), true)) {
      for (int performance = 0; performance < 2; performance++) {
        ports.begin(false);
        ports.tempo(0, 90);
        ports.strike(0, 960_000, 0x992464, ROBOT);
        ports.finish(2_000_000);
      }
    }
    assertEquals("of this morning", Files.readString(folder.resolve("x-2.mid")));
    assertArrayEquals(Files.readAllBytes(path), Files.readAllBytes(folder.resolve("x-3.mid")));
    assertEquals(1, MidiSystem.getSequence(path.toFile()).getTracks().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"comma, x.mid", "a${b}.mid", "blank.mid ", "Bäume.mid"})
  void aFileMayHaveAnyName(String name) throws Exception {
    perform(folder.resolve(name), false, true);
    assertEquals(1, MidiSystem.getSequence(folder.resolve(name).toFile()).getTracks().length);
  }

  @Test
  void strokesThatAreDueTogetherSmearAsOnADinCable() {
    DinCable cable = new DinCable();
    long due = 1_000_000_000;
    cable.strike(due);
    assertEquals(1, cable.mostAtOnce());
    assertEquals(0, cable.mostNanos());
    cable.strike(due + DinCable.NOTE_NANOS);
    assertEquals(1, cable.mostAtOnce(), "one after the other");
    for (int i = 0; i < 9; i++) {
      cable.strike(2 * due);
    }
    assertEquals(9, cable.mostAtOnce());
    assertEquals(8 * DinCable.NOTE_NANOS, cable.mostNanos());
    cable.strike(2 * due + 9 * DinCable.NOTE_NANOS);
    assertEquals(9, cable.mostAtOnce());
  }

  @Test
  void aMissingSoundCardIsAStatusAtMost() {
    try (Ports ports = OpenPorts.of(List.of("synth:", "none:"), false)) {
      ports.strike(System.nanoTime(), 0, 0x992464, ROBOT);
      assertTrue(ports.isAnyOk(), "the other port plays");
      assertEquals(1, ports.states().get(1).strokes());
    }
  }

  @Test
  void noMorePortsWaitAwakeThanThereAreProcessorsBesideTheTimingThread() {
    int processors = Runtime.getRuntime().availableProcessors();
    assertEquals(processors - 1, expecting(processors - 1));
    assertEquals(0, expecting(processors));
    assertEquals(0, expecting(processors + 3));
  }

  /** Of so many ports, how many are told of the next stroke. */
  private static int expecting(int count) {
    AtomicInteger told = new AtomicInteger();
    record Waiting(String address, AtomicInteger told) implements Port {
      @Override
      public void expect(long dueNanos) {
        told.incrementAndGet();
      }

      @Override
      public long strokes() {
        return 0;
      }

      @Override
      public void strike(long dueNanos, long grain, int noteOn, Robot robot) {}

      @Override
      public void close() {}
    }

    List<Port> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Waiting("port " + i, told));
    }
    try (Ports ports = new Ports(all)) {
      ports.expect(1);
    }
    return told.get();
  }
}
