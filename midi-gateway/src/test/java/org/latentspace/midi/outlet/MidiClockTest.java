package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.time.ClockControl;
import org.latentspace.midi.time.ClockSource.Kind;
import org.latentspace.midi.time.ClockSource.State;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.mididevices.MidiAddress;
import org.latentspace.mididevices.MidiDevices;

/** Two songs by real threads and a MIDI port of javax.sound.midi: one leads, one follows. */
class MidiClockTest {
  private static final long SPIN_NANOS = 150_000;

  private static Pattern everySixteenth() {
    List<Rhythms.Hit> hits = new ArrayList<>();
    for (int step = 0; step < Grid.FOUR_FOUR.steps(); step++) {
      hits.add(Rhythms.hit(step, 0, 0));
    }
    return Rhythms.pattern(1, Grid.FOUR_FOUR, hits);
  }

  @Test
  void oneSongFollowsAnotherOverAPortAndGoesOnWhenTheClockIsLost() {
    List<Long> led = new CopyOnWriteArrayList<>();
    ClockSources.Settings settings = new ClockSources.Settings(ClockCable.NAME, 4, 0);
    try (Performance slave =
            new Performance(
                Ensembles.at(100, TakeOver.BAR, 0, SPIN_NANOS),
                (due, grain, noteOn, robot) -> led.add(due));
        ClockSources sources = new ClockSources(settings)) {
      slave.start();
      sources.follow(slave.clock(), Kind.MIDI, Kind.MIDI);
      until("it waits", 10, () -> slave.clock().read().state() == State.WAITING);
      slave.play(everySixteenth().rhythm(), (newest, end) -> {});
      assertThrows(IllegalStateException.class, () -> slave.clock().tempo(90, 0));
      int struck = lead(slave, led);
      until("it is lost", 10, () -> slave.clock().read().state() == State.LOST);
      until("it goes on", 10, () -> led.size() > struck + 8);
      assertTrue(slave.clock().transport().playing());
      slave.clock().play(false);
      assertEquals(false, slave.clock().transport().playing(), "a stop here holds");
    }
  }

  @Test
  void anInputThatIsLetGoIsStillHeardByOthers() throws Exception {
    MidiDevice cable = MidiDevices.input(MidiAddress.parse(ClockCable.NAME));
    int before = cable.getTransmitters().size();
    try (Performance song =
        new Performance(
            Ensembles.at(100, TakeOver.BAR, 0, SPIN_NANOS), (due, grain, noteOn, robot) -> {})) {
      MidiClockInput one = new MidiClockInput(ClockCable.NAME, song.clock());
      MidiClockInput other = new MidiClockInput(ClockCable.NAME, song.clock());
      one.tend();
      other.tend();
      assertEquals("ok", other.status());
      one.letGo();
      assertEquals(before + 1, cable.getTransmitters().size());
      other.letGo();
      assertEquals(before, cable.getTransmitters().size());
    }
  }

  @Test
  void aSongThatBeginsAnewWritesAFileOfItsOwn(@TempDir Path folder) throws Exception {
    Path take = folder.resolve("take.mid");
    try (Ports ports = OpenPorts.of(List.of("file:" + take), false)) {
      for (int song = 0; song < 2; song++) {
        ports.begin(false);
        ports.tempo(0, 120);
        ports.strike(0, song * Grid.GRAINS_PER_QUARTER, 0x99247f, Ensembles.robot(1000));
      }
      ports.finish(4 * Grid.GRAINS_PER_QUARTER);
    }
    long first = MidiSystem.getSequence(take.toFile()).getTickLength();
    long second = MidiSystem.getSequence(folder.resolve("take-2.mid").toFile()).getTickLength();
    assertEquals(4 * 1920, second, "ticks");
    assertTrue(first < 1920, "ended where it was, after " + first + " ticks");
  }

  /** A song of 150 bpm whose clock goes over the cable, for some bars; its end is not told. */
  private static int lead(Performance slave, List<Long> led) {
    List<Long> leading = new CopyOnWriteArrayList<>();
    try (Ports ports = OpenPorts.of(List.of("midi:" + ClockCable.NAME), false);
        Performance master =
            new Performance(
                Ensembles.at(150, TakeOver.BAR, 0, SPIN_NANOS), new ClockOutputs(ports, leading))) {
      ports.start();
      until("the port is open", 10, ports::isAnyOk);
      master.clock().sendTo(List.of(new ClockControl.Listener(1, 0)));
      master.start();
      until("pulses alone", 10, () -> slave.clock().read().state() == State.FOLLOWING);
      assertTrue(led.isEmpty());
      master.play(everySixteenth().rhythm(), (newest, end) -> {});
      until("both play", 20, () -> led.size() > 64 && leading.size() > 64);
      assertEquals(150, slave.clock().transport().bpm(), 20);
      double[] apart = new double[48];
      for (int i = 0; i < apart.length; i++) {
        apart[i] = Math.abs(led.get(16 + i) - leading.get(16 + i)) / 1e6;
      }
      Arrays.sort(apart);
      System.out.printf("slave and master apart by %.2f ms (median)%n", apart[24]);
      assertTrue(apart[24] < 25, "ms apart, of 100 from stroke to stroke: " + apart[24]);
      return led.size();
    }
  }

  /** Strokes are noted, the clock goes out. */
  private record ClockOutputs(Ports ports, List<Long> leading)
      implements org.latentspace.midi.time.Outputs {
    @Override
    public void strike(long due, long grain, int noteOn, org.latentspace.midi.robot.Robot robot) {
      leading.add(due);
    }

    @Override
    public void clock(long due, long those, int message) {
      ports.clock(due, those, message);
    }

    @Override
    public void expect(long due) {
      ports.expect(due);
    }
  }
}
