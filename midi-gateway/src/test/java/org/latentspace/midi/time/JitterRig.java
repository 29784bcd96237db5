package org.latentspace.midi.time;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.time.Transport.TakeOver;

/**
 * How late are strokes, beside a bare thread that waits the same way in the same seconds? Fixture:
 * a stroke every 20.8 ms (48 a second) for as many seconds as the first argument says, default 10,
 * of as many robots as the second says, each with another latency; default none.
 */
public final class JitterRig {
  private static final long SPIN_NANOS = 150_000;

  private JitterRig() {}

  public static void main(String[] arguments) throws Exception {
    long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10;
    Grid grid = new Grid(1, 4, 4, 24, 1);
    List<Rhythms.Hit> hits = new ArrayList<>();
    for (int step = 0; step < grid.steps(); step++) {
      hits.add(Rhythms.hit(step, 0, 0));
    }
    Pattern pattern = Rhythms.pattern(1, grid, hits);
    int robots = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    EnsembleSetup setup =
        robots == 0 ? Ensembles.generalMidi(TakeOver.BAR, 0) : Ensembles.robots(robots, 0);
    Performance.Settings settings =
        new Performance.Settings(new Transport(120, true), SPIN_NANOS, false, List.of(setup));
    try (Performance performance = new Performance(settings, new FakeOutputs.Silent())) {
      performance.start();
      performance.play(pattern.rhythm(), (newest, end) -> {});
      Histogram bare = bareThread(seconds);
      print("bare thread", bare);
      Histogram strokes = performance.song().lateness().read();
      print("strokes", strokes);
      System.out.printf(
          "p99 ratio %.2f%n",
          (double) strokes.getValueAtPercentile(99) / bare.getValueAtPercentile(99));
    }
  }

  /** How late a bare thread is that wakes 48 times a second. */
  public static Histogram bareThread(long seconds) throws InterruptedException {
    Histogram late = new Histogram(10_000_000_000L, 3);
    Thread thread =
        new Thread(
            () -> {
              SpinWait waiting = new SpinWait(SPIN_NANOS);
              long due = System.nanoTime();
              for (int i = 0; i < seconds * 48; i++) {
                due += 20_833_333;
                waiting.until(due);
                late.recordValue(Math.max(0, System.nanoTime() - due));
              }
            });
    thread.setPriority(Thread.MAX_PRIORITY);
    thread.start();
    thread.join();
    return late;
  }

  private static void print(String what, Histogram late) {
    System.out.printf(
        "%-12s n %d  p50 %.0f us  p99 %.0f us  max %.0f us%n",
        what,
        late.getTotalCount(),
        late.getValueAtPercentile(50) / 1e3,
        late.getValueAtPercentile(99) / 1e3,
        late.getMaxValue() / 1e3);
  }
}
