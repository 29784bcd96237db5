package org.latentspace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.latentspace.installation.Installation.Lead;
import org.latentspace.midi.outlet.Ports;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.rhythm.VoiceMap;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.time.Clock;
import org.latentspace.midi.time.ClockControl;
import org.latentspace.midi.time.EnsembleSetup;
import org.latentspace.midi.time.EnsembleStyle;
import org.latentspace.midi.time.MidiClockSource;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.SpinWait;
import org.latentspace.midi.time.Transport;
import org.latentspace.performer.Origin;

/**
 * Question: how far from the true beat does the song strike under a MIDI clock whose pulses jitter
 * by 3 ms either way; how evenly does its own clock leave, beside a bare thread; how far does it
 * drift in 30 minutes?
 *
 * <pre>
 *   pulses (120 bpm, +-3 ms) --> slave: sixteenths, due at and struck at - true beat
 *   master (120 bpm) --> midi:Simulated robots, its thread: left at - due at
 *   BareTimer, 48 a second, in the same seconds
 * </pre>
 *
 * The drift is the clock's as a function, in simulated time: a change of tempo every second.
 */
public final class ClockRig {
  private static final long SPIN_NANOS = 150_000;
  private static final long JITTER_NANOS = 3_000_000;
  private static final double BPM = 120;
  private static final double PULSE_NANOS = 60e9 / 24 / BPM;
  private static final long SETTLED_NANOS = 2_000_000_000;
  private static final int PULSE = 0xf80000;
  private static final int START = 0xfa0000;

  private final Histogram apart = new Histogram(10_000_000_000L, 3);
  private final Histogram struck = new Histogram(10_000_000_000L, 3);
  private volatile long firstNanos = Long.MAX_VALUE / 2;

  private ClockRig() {}

  /** Argument: seconds (60). */
  public static void main(String[] arguments) throws Exception {
    long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 60;
    drift();
    new ClockRig().run(seconds);
  }

  private void run(long seconds) throws Exception {
    MidiClockSource source = new MidiClockSource(100);
    BareTimer bare = new BareTimer(2 * BPM, SPIN_NANOS);
    Thread floor = new Thread(bare, "bare");
    floor.setPriority(Thread.MAX_PRIORITY);
    try (Ports ports = new Ports(false, SPIN_NANOS);
        Performance master = performance(ports);
        Performance slave = performance(this::struck)) {
      long port = ports.open("ClockRig", List.of("midi:Simulated robots"));
      ports.start();
      master.clock().sendTo(List.of(new ClockControl.Listener(port, 0)));
      master.start();
      slave.start();
      slave.clock().follow(source, source);
      slave.play(everySixteenth(), (newest, end) -> {});
      floor.start();
      pulses(source, slave.clock(), seconds);
      print("slave, due at - true beat", apart);
      print("slave, struck at - true beat", struck);
      Histogram thread = bare.lateness();
      print("bare thread, 48 a second", thread);
      print("master's clock, left at - due at", ports.clockLateness());
      ClockControl.Reading reading = slave.clock().read();
      System.out.printf(
          "p99 of the master %.2f times the bare thread's; slave: mean phase error %.2f ms%n",
          (double) ports.clockLateness().getValueAtPercentile(99) / thread.getValueAtPercentile(99),
          reading.driftMs());
    }
    bare.end();
  }

  private void pulses(MidiClockSource source, ClockControl clock, long seconds) {
    SplittableRandom random = new SplittableRandom(1);
    SpinWait waiting = new SpinWait(SPIN_NANOS);
    long begun = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    firstNanos = begun;
    long count = Math.round(seconds * 1e9 / PULSE_NANOS);
    for (long pulse = 0; pulse < count; pulse++) {
      long jitter = random.nextLong(-JITTER_NANOS, JITTER_NANOS + 1);
      // It has come at its moment, however late this thread is.
      long comes = begun + Math.round(pulse * PULSE_NANOS) + jitter;
      waiting.until(comes);
      if (pulse == 0) {
        source.receive(START, comes);
      }
      source.receive(PULSE, comes);
      clock.wake();
    }
  }

  private void struck(long due, long grain, int noteOn, Robot robot) {
    long now = System.nanoTime();
    double beat = firstNanos + grain * 60e9 / BPM / Grid.GRAINS_PER_QUARTER;
    if (now - firstNanos > SETTLED_NANOS) {
      apart.recordValue(Math.abs(Math.round(due - beat)));
      struck.recordValue(Math.abs(Math.round(now - beat)));
    }
  }

  private static Performance performance(Outputs outputs) {
    EnsembleStyle style = new EnsembleStyle(Transport.TakeOver.BAR, 0, 0, false, false);
    RobotSet robots = RobotSet.generalMidi(new VoiceMap(Map.of()), new Robot.Way(0, 1));
    EnsembleSetup setup =
        new EnsembleSetup("ensemble", List.of(), Lead.LATEST, "", 1, style, robots);
    return new Performance(
        new Performance.Settings(new Transport(BPM, true), SPIN_NANOS, false, List.of(setup)),
        outputs);
  }

  private static Rhythm everySixteenth() {
    int steps = Grid.FOUR_FOUR.steps();
    Rhythm.Strokes strokes =
        new Rhythm.Strokes(new int[steps], new int[steps], new float[steps], new float[steps]);
    for (int step = 0; step < steps; step++) {
      strokes.step()[step] = step;
      strokes.velocity()[step] = 1;
    }
    Origin origin = new Origin("rig", 1, 0, 0, false, false);
    return new Pattern(
            new Rhythm(
                origin, "rig", Grid.FOUR_FOUR, List.of("kick"), strokes, new float[] {0.5f, 0.5f}))
        .rhythm();
  }

  /** The clock's own rounding, against sums that are exact to far below a nanosecond. */
  private static void drift() {
    SplittableRandom random = new SplittableRandom(2);
    Clock clock = new Clock(BPM);
    List<Double> worst = new ArrayList<>();
    double grains = 0;
    double bpm = BPM;
    clock.begin(0);
    for (long second = 1; second <= 1800; second++) {
      grains += bpm / 60 * Grid.GRAINS_PER_QUARTER;
      long now = second * 1_000_000_000L;
      worst.add(Math.abs(clock.grainAt(now) - grains) / bpm * 60e3 / Grid.GRAINS_PER_QUARTER);
      bpm = 20 + random.nextDouble() * 280;
      clock.tempo(bpm, now);
    }
    System.out.printf(
        "30 simulated minutes, 1800 tempi: at most %.5f ms from the reference%n",
        worst.stream().mapToDouble(Double::doubleValue).max().orElse(0));
  }

  private static void print(String what, Histogram nanos) {
    System.out.printf(
        "%-34s n %6d  p50 %.3f ms  p99 %.3f ms  max %.3f ms%n",
        what,
        nanos.getTotalCount(),
        nanos.getValueAtPercentile(50) / 1e6,
        nanos.getValueAtPercentile(99) / 1e6,
        nanos.getMaxValue() / 1e6);
  }
}
