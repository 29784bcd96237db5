package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Grid.GRAINS_PER_QUARTER;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;
import static org.latentspace.midi.rhythm.Rhythms.hit;
import static org.latentspace.midi.rhythm.Rhythms.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.time.Transport.TakeOver;

/** What is struck when, on hand-made patterns. */
class SchedulerTest {
  private static final long Q = GRAINS_PER_QUARTER;
  private static final long STEP = FOUR_FOUR.stepGrains();
  private static final long HALF = FOUR_FOUR.halfStepGrains();

  private static final Map<String, Integer> NOTES =
      Map.of("kick", 36, "snare", 38, "closed-hat", 42, "open-hat", 46);

  private final List<String> struck = new ArrayList<>();
  private final List<Long> barLines = new ArrayList<>();
  private final StrokeSink sink =
      new StrokeSink() {
        @Override
        public void strike(Pattern pattern, int stroke, long grain) {
          struck.add(
              pattern.rhythm().origin().sequence()
                  + ":"
                  + NOTES.get(pattern.voice(stroke))
                  + "@"
                  + grain);
        }

        @Override
        public void barLine(Pattern pattern, long grain) {
          barLines.add(grain);
        }
      };

  private Scheduler playing(TakeOver line, float shuffle, Pattern first) {
    Scheduler scheduler = new Scheduler(line, shuffle);
    scheduler.begin(first);
    return scheduler;
  }

  @Test
  void strikesEachStrokeAtItsGridTimePlusItsOffsetInHalfSteps() {
    Pattern pattern =
        pattern(1, FOUR_FOUR, List.of(hit(0, 0, 0.5), hit(12, 1, -0.5), hit(48, 2, -1)));
    Scheduler scheduler = playing(TakeOver.BAR, 0, pattern);
    scheduler.advance(8 * Q - 1, sink);
    assertEquals(
        List.of("1:36@" + HALF / 2, "1:38@" + (Q - HALF / 2), "1:42@" + (4 * Q - HALF)), struck);
  }

  @Test
  void theLoopsEarlyFirstStrokeComesBeforeTheBarLineAndOnlyTheSongsFirstFallsOnIt() {
    Scheduler scheduler =
        playing(TakeOver.BAR, 0, pattern(1, new Grid(1, 4, 4, 12, 1), List.of(hit(0, 0, -1))));
    scheduler.advance(8 * Q - HALF, sink);
    assertEquals(List.of("1:36@0", "1:36@" + (4 * Q - HALF), "1:36@" + (8 * Q - HALF)), struck);
  }

  @Test
  void saysExactlyWhenItHasSomethingToDo() {
    Scheduler scheduler = new Scheduler(TakeOver.BAR, 0);
    assertEquals(Scheduler.NEVER, scheduler.next());
    scheduler.begin(pattern(1, FOUR_FOUR, List.of(hit(1, 0, 0.25))));
    assertEquals(0, scheduler.next(), "the bar line");
    scheduler.advance(0, sink);
    assertEquals(HALF, scheduler.next(), "the second cell is opened");
    scheduler.advance(HALF, sink);
    assertTrue(struck.isEmpty());
    assertEquals(STEP + HALF / 4, scheduler.next(), "its stroke");
    scheduler.advance(STEP + HALF / 4, sink);
    assertEquals(1, struck.size());
    assertEquals(STEP + HALF, scheduler.next(), "the third cell");
  }

  @ParameterizedTest
  @CsvSource({"CELL,1", "BEAT,12", "BAR,48"})
  void aNewRhythmTakesOverAtTheNextLine(TakeOver line, int step) {
    List<org.latentspace.midi.rhythm.Rhythms.Hit> everyStep = new ArrayList<>();
    for (int s = 0; s < FOUR_FOUR.steps(); s++) {
      everyStep.add(hit(s, 0, 0));
    }
    Scheduler scheduler = playing(line, 0, pattern(1, FOUR_FOUR, everyStep));
    scheduler.advance(0, sink);
    scheduler.pend(pattern(2, FOUR_FOUR, everyStep), 0);
    scheduler.advance(8 * Q - 1, sink);
    assertEquals(96, struck.size());
    for (int s = 0; s < 96; s++) {
      assertEquals((s < step ? 1 : 2) + ":36@" + s * STEP, struck.get(s));
    }
  }

  @Test
  void aRhythmThatComesAfterTheBarsFirstCellIsOpenedWaitsForTheNextBar() {
    Grid oneBar = new Grid(1, 4, 4, 12, 1);
    Scheduler scheduler = playing(TakeOver.BAR, 0, pattern(1, oneBar, List.of(hit(0, 0, 0))));
    scheduler.advance(4 * Q - HALF, sink);
    scheduler.pend(pattern(2, oneBar, List.of(hit(0, 1, -1))), 4 * Q - HALF);
    scheduler.advance(8 * Q, sink);
    assertEquals(List.of("1:36@0", "1:36@" + 4 * Q, "2:38@" + (8 * Q - HALF)), struck);
  }

  @ParameterizedTest
  @CsvSource({"3,4,4", "6,8,12", "7,8,6", "5,4,8", "4,4,24", "12,8,24"})
  void aPatternOnAnotherGridTakesOverAtABarLineWhateverTheSetting(int beats, int unit, int steps) {
    Grid other = new Grid(1, beats, unit, steps, 1);
    Scheduler scheduler =
        playing(TakeOver.CELL, 0, pattern(1, FOUR_FOUR, List.of(hit(0, 0, 0), hit(95, 0, 1))));
    scheduler.advance(5 * Q, sink);
    scheduler.pend(pattern(2, other, List.of(hit(0, 1, 0))), 5 * Q);
    scheduler.advance(8 * Q + 2 * other.barGrains(), sink);
    long bar = other.barGrains();
    assertEquals(
        List.of(
            "1:36@0",
            "1:36@" + (95 * STEP + HALF),
            "2:38@" + 8 * Q,
            "2:38@" + (8 * Q + bar),
            "2:38@" + (8 * Q + 2 * bar)),
        struck);
  }

  @Test
  void longerStepsInterleaveWithTheOldBarsLastCells() {
    Grid fine = new Grid(1, 4, 4, 24, 1);
    Grid coarse = new Grid(1, 4, 4, 4, 1);
    Scheduler scheduler =
        playing(TakeOver.BAR, 0, pattern(1, fine, List.of(hit(93, 0, 0), hit(94, 0, 0))));
    scheduler.pend(pattern(2, coarse, List.of(hit(0, 1, -0.6))), 0);
    scheduler.advance(4 * Q, sink);
    long first = 4 * Q - 3 * fine.stepGrains();
    long early = 4 * Q - Math.round(0.6 * coarse.halfStepGrains());
    assertTrue(early > first);
    assertEquals(
        List.of("1:36@" + first, "2:38@" + early, "1:36@" + (first + fine.stepGrains())).stream()
            .sorted(java.util.Comparator.comparing(s -> s.substring(s.indexOf('@'))))
            .toList(),
        struck);
  }

  @Test
  void shuffleMovesTheSecondEighthToTheTripletAndKeepsTheOrder() {
    Grid oneBar = new Grid(1, 4, 4, 4, 1);
    Pattern sixteenths =
        pattern(1, oneBar, List.of(hit(0, 0, 0), hit(1, 0, 0), hit(2, 0, 0), hit(3, 0, 0)));
    playing(TakeOver.BAR, 1, sixteenths).advance(4 * Q - Q / 2, sink);
    assertEquals(
        List.of("1:36@0", "1:36@" + Q / 3, "1:36@" + 2 * Q / 3, "1:36@" + 5 * Q / 6), struck);
  }

  @Test
  void theStepDivisionRunsTheLoopFasterWhileTheBarsStay() {
    Grid doubled = new Grid(2, 4, 4, 4, 2);
    Scheduler scheduler = playing(TakeOver.BAR, 0, pattern(1, doubled, List.of(hit(16, 0, 0))));
    scheduler.advance(8 * Q - 1, sink);
    assertEquals(List.of("1:36@" + 2 * Q, "1:36@" + 6 * Q), struck);
    assertEquals(List.of(0L, 4 * Q), barLines);
  }

  @Test
  void finishesTheBarThatHasBegunAndNoMore() {
    Grid oneBar = new Grid(1, 4, 4, 12, 1);
    Pattern pattern = pattern(1, oneBar, List.of(hit(0, 0, -1), hit(47, 0, 1)));
    Scheduler scheduler = playing(TakeOver.BAR, 0, pattern);
    scheduler.advance(Q, sink);
    scheduler.finishAtBarLine();
    scheduler.advance(4 * Q - 1, sink);
    assertFalse(scheduler.finished());
    assertEquals(4 * Q, scheduler.next());
    scheduler.advance(9 * Q, sink);
    assertTrue(scheduler.finished());
    assertEquals(Scheduler.NEVER, scheduler.next());
    assertEquals(List.of("1:36@0", "1:36@" + (4 * Q - HALF)), struck);
  }
}
