package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.robot.DropReason;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.Striker;
import org.latentspace.midi.time.NextBar.PlannedStroke;
import org.latentspace.midi.time.Transport.TakeOver;

/**
 * What was said of a bar is what happens in it, where nothing changes meanwhile: for random
 * rhythms, tempi, robots, limits and take-overs, stroke by stroke, with the reasons.
 */
class NextBarTest extends RobotRig {
  private static final int ROUNDS = 60;
  private static final long SECOND = 1_000_000_000;

  private record Said(NextBar bar, long changes) {}

  private record Fate(String robot, int noteOn, long grain, DropReason dropped) {}

  private final Map<Group, NextBarPreview> previews = new HashMap<>();
  private final List<Fate> fates = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();
  private final Map<Long, Long> endOfChange = new HashMap<>();
  private long changes;

  @Override
  PlaybackListener listener() {
    return new PlaybackListener() {
      @Override
      public void dropped(Striker by, int noteOn, long grain, DropReason why) {
        fates.add(new Fate(by.robot().name(), noteOn, grain, why));
      }
    };
  }

  @Override
  void turned() {
    for (Group group : groups) {
      NextBarPreview preview = previews.computeIfAbsent(group, fresh -> new NextBarPreview());
      if (group.ensemble.begin(preview)) {
        NextBar bar = preview.work();
        said.add(new Said(bar, changes));
        long beat = clock.nanosAt(FOUR_FOUR.beatGrains()) - clock.nanosAt(0);
        assertTrue(bar.lineNanos() - now >= beat, "said too late: " + (bar.lineNanos() - now));
      }
    }
  }

  /** Something changes; what was said of bars that have not ended may not hold. */
  private void change(int round) {
    endOfChange.put(changes++, now);
    for (int swap = random.nextInt(3); swap > 0; swap--) {
      swap(round * 10 + swap);
    }
    if (random.nextInt(3) == 0) {
      double bpm = 60 + random.nextDouble() * 240;
      song.transport(new Transport(bpm, true), now);
      clock.tempo(bpm, now);
    }
    Robot robot = robots.get("robot-" + random.nextInt(2) + "-" + random.nextInt(6));
    robot.choose(random.nextInt(4) == 0, false);
    groups.forEach(group -> group.ensemble.robots().listen());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsSaidOfABarIsWhatHappens(long seed) {
    begin(seed, TakeOver.values()[(int) (seed % 3)]);
    for (int round = 0; round < ROUNDS; round++) {
      change(round);
      long until = now + 12 * SECOND;
      while (now < until) {
        playOn();
      }
    }
    endOfChange.put(changes, now);
    struck.forEach(s -> fates.add(new Fate(s.robot(), s.noteOn(), s.grain(), null)));
    Map<DropReason, Integer> reasons = new EnumMap<>(DropReason.class);
    int bars = 0;
    int strokes = 0;
    for (Said one : said) {
      long barNanos = Math.round(4 * 60e9 / one.bar.bpm());
      if (endOfChange.get(one.changes) > one.bar.lineNanos() + barNanos + SECOND) {
        bars++;
        strokes += one.bar.strokes().size();
        assertEquals(happened(one.bar), text(one.bar));
        one.bar.strokes().stream()
            .filter(stroke -> stroke.dropped() != null)
            .forEach(stroke -> reasons.merge(stroke.dropped(), 1, Integer::sum));
      }
    }
    String found = bars + " bars, " + strokes + " strokes, " + reasons;
    assertTrue(bars > ROUNDS && strokes > 10 * bars, found);
    assertEquals(DropReason.values().length, reasons.size(), found);
  }

  private String happened(NextBar bar) {
    long line = bar.bar() * FOUR_FOUR.barGrains();
    return fates.stream()
        .filter(f -> f.grain >= line && f.grain < line + FOUR_FOUR.barGrains())
        .filter(f -> f.robot.startsWith("robot-" + bar.ensemble().substring(6)))
        .map(f -> f.robot + " " + (f.grain - line) + " " + f.noteOn + " " + f.dropped)
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String text(NextBar bar) {
    return bar.strokes().stream()
        .map(s -> s.robot() + " " + s.grain() + " " + s.noteOn() + " " + s.dropped())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  @Test
  void copyingAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Song song = new Song(new Transport(120, true), new FakeOutputs.Silent());
    Ensemble ensemble = song.add(Ensembles.robots(32), PlaybackListener.NOBODY);
    List<Rhythms.Hit> hits = new ArrayList<>();
    IntStream.range(0, FOUR_FOUR.steps()).forEach(step -> hits.add(Rhythms.hit(step, 0, 0)));
    song.handOver(ensemble, Rhythms.pattern(1, FOUR_FOUR, hits), false, 0);
    NextBarPreview preview = new NextBarPreview();
    long bytes = 0;
    int bars = 0;
    while (bars < 300) {
      song.advance(song.nextNanos());
      long before = threads.getCurrentThreadAllocatedBytes();
      boolean begun = ensemble.begin(preview);
      bytes += bars < 100 ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
      if (begun) {
        bars++;
        assertTrue(preview.work().strokes().size() > 32);
      }
    }
    assertTrue(bytes < 4096, "bytes: " + bytes);
  }

  @Test
  void aSongThatIsPlayedIsToldBarByBar() throws Exception {
    BlockingQueue<NextBar> told = new LinkedBlockingQueue<>();
    Performance.Settings settings = Ensembles.at(300, TakeOver.BAR, 0, 0);
    try (Performance performance = new Performance(settings, new FakeOutputs());
        AutoCloseable listening = performance.nextBars().listen(told::add)) {
      performance.start();
      List<Rhythms.Hit> hits = List.of(Rhythms.hit(0, 0, 0), Rhythms.hit(12, 1, 0.5));
      performance.play(
          Rhythms.rhythm(Rhythms.origin(1), FOUR_FOUR, hits), (newest, finished) -> {});
      long before = -1;
      for (int i = 0; i < 4; i++) {
        NextBar bar = told.poll(20, TimeUnit.SECONDS);
        assertTrue(bar.bar() > before, bar.toString());
        before = bar.bar();
        // The loop has two bars, and strikes in the first of them.
        Stream<String> voices = bar.strokes().stream().map(PlannedStroke::voice);
        List<String> right = before % 2 == 0 ? List.of("kick", "snare") : List.of();
        assertEquals(right, voices.toList(), bar.toString());
      }
    }
  }
}
