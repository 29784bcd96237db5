package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;
import static org.latentspace.midi.rhythm.Rhythms.pattern;
import static org.latentspace.midi.rhythm.Rhythms.randomHits;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.time.Transport.TakeOver;

/**
 * A thousand random swaps: no stroke before its beat, none doubled, none lost. The scheduler is
 * compared with its rule written down a second time, the slow way: first who owns each cell of the
 * song, then all strokes of all cells.
 */
class TakeOverTest {
  private static final int SWAPS = 1000;

  private record Struck(Pattern pattern, int stroke, long grain) {
    long sequence() {
      return pattern.rhythm().origin().sequence();
    }
  }

  private record HandedOver(Pattern pattern, long grain) {}

  private final List<Struck> struck = new ArrayList<>();
  private final List<HandedOver> handed = new ArrayList<>();
  private long now;

  /** Plays on to about this grain, the way a timing thread does: on time, late, or for nothing. */
  private void playTo(long until, Scheduler scheduler, Random random) {
    while (now < until) {
      now = random.nextBoolean() ? scheduler.next() : now + random.nextInt(200_000);
      scheduler.advance(now, (p, s, grain) -> struck.add(new Struck(p, s, grain)));
    }
  }

  private void handOver(Pattern pattern, Scheduler scheduler) {
    scheduler.pend(pattern, now);
    handed.add(new HandedOver(pattern, now));
  }

  private void begin(Pattern pattern, Scheduler scheduler) {
    scheduler.begin(pattern);
    handed.add(new HandedOver(pattern, 0));
  }

  @ParameterizedTest
  @EnumSource(TakeOver.class)
  void noStrokeIsEarlyDoubledOrLostInAThousandRandomSwaps(TakeOver takeOver) {
    Random random = new Random(takeOver.ordinal());
    Scheduler scheduler = new Scheduler(takeOver, 0);
    begin(pattern(0, FOUR_FOUR, randomHits(FOUR_FOUR, random)), scheduler);
    for (int swap = 1; swap <= SWAPS; swap++) {
      playTo(now + random.nextInt(2 * (int) FOUR_FOUR.barGrains()), scheduler, random);
      handOver(pattern(swap, FOUR_FOUR, randomHits(FOUR_FOUR, random)), scheduler);
    }
    assertSame(cellsOf(takeOver, FOUR_FOUR));
    assertTrue(scheduler.takeOvers() > SWAPS / 2, "take-overs: " + scheduler.takeOvers());
  }

  private List<Struck> cellsOf(TakeOver takeOver, Grid grid) {
    long step = grid.stepGrains();
    long cellsPerLine =
        switch (takeOver) {
          case CELL -> 1;
          case BEAT -> grid.stepsPerSongBeat();
          case BAR -> grid.stepsPerSongBar();
        };
    List<Struck> strokes = new ArrayList<>();
    int owner = 0;
    for (long cell = 0; cell * step - step / 2 <= now; cell++) {
      while (cell % cellsPerLine == 0
          && owner + 1 < handed.size()
          && handed.get(owner + 1).grain < cell * step - step / 2) {
        owner++;
      }
      Pattern pattern = handed.get(owner).pattern;
      int loopStep = (int) (cell % grid.steps());
      for (int s = pattern.first(loopStep); s < pattern.first(loopStep + 1); s++) {
        strokes.add(new Struck(pattern, s, Math.max(0, cell * step + pattern.offset(s))));
      }
    }
    return strokes;
  }

  @ParameterizedTest
  @CsvSource({"CELL,0", "BEAT,0", "BAR,0", "BAR,0.7", "CELL,1"})
  void noneEitherWhenEverySwapChangesTheGridToo(TakeOver takeOver, float shuffle) {
    Random random = new Random(7);
    List<Grid> grids = allGrids(random);
    Scheduler scheduler = new Scheduler(takeOver, shuffle);
    begin(pattern(0, grids.get(0), randomHits(grids.get(0), random)), scheduler);
    for (int swap = 1; swap <= SWAPS; swap++) {
      playTo(now + random.nextInt(8_000_000), scheduler, random);
      Grid grid = grids.get(swap % grids.size());
      handOver(pattern(swap, grid, randomHits(grid, random)), scheduler);
    }
    assertSame(barsOf(shuffle));
    assertTrue(scheduler.takeOvers() > SWAPS / 2, "take-overs: " + scheduler.takeOvers());
    for (int i = 1; i < struck.size(); i++) {
      assertTrue(struck.get(i).grain >= struck.get(i - 1).grain, "in the order of time");
    }
  }

  private static List<Grid> allGrids(Random random) {
    List<Grid> grids = new ArrayList<>();
    for (int steps : new int[] {4, 6, 8, 12, 24}) {
      for (int beats : new int[] {3, 4, 5, 6, 7}) {
        for (int division : new int[] {1, 2, 4}) {
          grids.add(new Grid(1 << random.nextInt(4), beats, 4, steps, division));
          grids.add(new Grid(1 << random.nextInt(4), beats, 8, steps, division));
        }
      }
    }
    Collections.shuffle(grids, random);
    return grids;
  }

  private List<Struck> barsOf(float shuffle) {
    List<Struck> strokes = new ArrayList<>();
    int owner = 0;
    int oldest = 1;
    long line = 0;
    for (long bar = 0; line - handed.get(owner).pattern.grid().halfStepGrains() <= now; bar++) {
      addBar(strokes, handed.get(owner).pattern, bar, line, shuffle);
      line += handed.get(owner).pattern.grid().barGrains();
      int next = ownerOf(line, owner, oldest);
      owner = next;
      oldest = next + 1;
    }
    return strokes;
  }

  /** Which hand-over owns the bar that begins at this line. */
  private int ownerOf(long line, int owner, int oldest) {
    long opening = line - handed.get(owner).pattern.grid().halfStepGrains();
    int newest = owner;
    for (int h = oldest; h < handed.size(); h++) {
      long decided = line - handed.get(h).pattern.grid().halfStepGrains();
      if (decided >= opening) {
        newest = handed.get(h).grain < opening ? h : newest;
      } else if (handed.get(h).grain <= decided) {
        // Longer steps: decided earlier, unless replaced before that.
        if (h + 1 == handed.size() || handed.get(h + 1).grain >= decided) {
          return h;
        }
        newest = owner;
      } else if (handed.get(h).grain < opening) {
        // Longer steps, too late: waits for the next bar, in place of what waited before it.
        newest = owner;
      }
    }
    return newest;
  }

  private static void addBar(
      List<Struck> to, Pattern owner, long bar, long barStart, float shuffle) {
    Grid grid = owner.grid();
    for (int step = 0; step < grid.stepsPerSongBar(); step++) {
      int loopStep = (int) ((bar * grid.stepsPerSongBar() + step) % grid.steps());
      for (int s = owner.first(loopStep); s < owner.first(loopStep + 1); s++) {
        long straight = step * grid.stepGrains() + owner.offset(s);
        long grain = barStart + Shuffle.sounding(shuffle, straight, grid.beatGrains());
        to.add(new Struck(owner, s, Math.max(0, grain)));
      }
    }
  }

  private void assertSame(List<Struck> expected) {
    List<String> wanted = upTo(now, expected);
    List<String> heard = upTo(now, struck);
    assertTrue(wanted.size() > 30_000, "strokes: " + wanted.size());
    for (int i = 0; i < Math.min(wanted.size(), heard.size()); i++) {
      assertEquals(wanted.get(i), heard.get(i), "stroke " + i);
    }
    assertEquals(wanted.size(), heard.size());
  }

  private static List<String> upTo(long end, List<Struck> strokes) {
    Comparator<Struck> order =
        Comparator.comparingLong(Struck::grain)
            .thenComparingLong(Struck::sequence)
            .thenComparingInt(Struck::stroke);
    return strokes.stream()
        .filter(s -> s.grain <= end)
        .sorted(order)
        .map(s -> s.grain + " rhythm " + s.sequence() + " stroke " + s.stroke)
        .toList();
  }
}
