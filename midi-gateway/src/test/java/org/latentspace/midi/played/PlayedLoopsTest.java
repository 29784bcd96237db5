package org.latentspace.midi.played;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;
import static org.latentspace.midi.rhythm.Rhythms.GENERAL_MIDI;
import static org.latentspace.midi.rhythm.Rhythms.hit;
import static org.latentspace.midi.rhythm.Rhythms.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentspace.midi.played.PlayedLoops.PlayedLoop;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.midi.time.Song;
import org.latentspace.midi.time.Transport;
import org.latentspace.midi.time.Transport.TakeOver;

/** Which loops count as played, through the clock and the scheduler; time is an argument. */
class PlayedLoopsTest {
  // At 240 bpm: a bar of 4/4 is a second.
  private static final long BAR = 1_000_000_000L;

  private final List<PlayedLoop> played = new ArrayList<>();
  private final PlayedRing ring = new PlayedRing();
  private final PlayedLoops loops = new PlayedLoops(STRUCK, played::add);
  private static final Predicate<String> STRUCK = voice -> GENERAL_MIDI.key(voice) != null;

  private Song song;
  private Ensemble ensemble;

  private void begin(TakeOver takeOver, Pattern first) {
    song = new Song(new Transport(240, true), (due, grain, noteOn, robot) -> {});
    ensemble = song.add(Ensembles.generalMidi(takeOver, 0), ring);
    ring.record(true);
    song.handOver(ensemble, first, false, 0);
  }

  /** Hands over at a time, given in bars. */
  private void handOver(Pattern newest, double bars) {
    playTo(bars);
    song.handOver(ensemble, newest, false, Math.round(bars * BAR));
  }

  private void playTo(double bars) {
    song.advance(Math.round(bars * BAR));
    ring.drain(loops, new StruckBars(bar -> {}));
  }

  private void finish(double bars) {
    playTo(bars);
    song.finishAtBarLine();
    playTo(Math.ceil(bars) + 1e-6);
    assertTrue(song.isOver());
    song.end(0);
    ring.drain(loops, new StruckBars(bar -> {}));
  }

  /** Two bars in which the first stroke names the pattern. */
  private static Pattern twoBars(int number) {
    return pattern(
        number,
        FOUR_FOUR,
        List.of(hit(number, 0, 0), hit(24, 1, 0.5), hit(48 + number, 2, -0.5), hit(95, 3, 1)));
  }

  /** "3x2@4": rhythm 3 twice, from bar 4 on. */
  private List<String> heard() {
    return played.stream().map(p -> name(p) + "x" + p.times() + "@" + p.bar()).toList();
  }

  private static String name(PlayedLoop loop) {
    Rhythm.Strokes strokes = loop.rhythm().strokes();
    TreeSet<Integer> names = new TreeSet<>();
    for (int step : strokes.step()) {
      if (step % 48 != 24 && step != 95) {
        names.add(step % 48);
      }
    }
    return names.toString().replaceAll("[\\[\\] ]", "").replace(',', '+');
  }

  @Test
  void equalLoopsInARowAreOneRecordThatCountsThem() {
    begin(TakeOver.BAR, twoBars(1));
    handOver(twoBars(1), 1.3);
    handOver(twoBars(1), 4.1);
    handOver(twoBars(2), 5.5);
    assertEquals(List.of(), heard(), "nothing has come after it");
    finish(7.5);
    assertEquals(List.of("1x3@0", "2x1@6"), heard());
    assertEquals(240, played.get(0).bpm());
    assertEquals("performer", played.get(0).rhythm().origin().performer());
  }

  @ParameterizedTest
  @CsvSource({"BAR, 3.0", "BEAT, 2.25", "CELL, 2.0208"})
  void aRhythmThatTakesOverCountsFromTheNextBarLineOn(TakeOver takeOver, double taken) {
    begin(takeOver, twoBars(1));
    handOver(twoBars(2), 2.005);
    finish(4.5);
    double firstWhole = Math.ceil(taken);
    assertEquals(List.of("1x1@0", "2x1@" + (long) firstWhole), heard());
  }

  @Test
  void aRhythmCountsFromAnyBarLineAndStandsInItsOwnOrder() {
    begin(TakeOver.BAR, twoBars(1));
    handOver(twoBars(2), 0.5);
    handOver(twoBars(3), 2.5);
    finish(2.9);
    assertEquals(List.of("2x1@1"), heard(), "bar 0 alone is no loop");
    assertTrue(played.get(0).rhythm().sameStrokes(twoBars(2).rhythm()));
  }

  @Test
  void barsBetweenMakeALoopOfWhatWasStruckInEachCell() {
    begin(TakeOver.BAR, twoBars(1));
    for (int bar = 1; bar < 6; bar++) {
      handOver(twoBars(bar + 1), bar - 0.5);
    }
    finish(5.5);
    assertEquals(List.of("1+2x1@0", "3+4x1@2", "5+6x1@4"), heard());
    Rhythm.Strokes strokes = played.get(0).rhythm().strokes();
    assertEquals("[1, 24, 50, 95]", Arrays.toString(strokes.step()));
    assertEquals("[0, 1, 2, 3]", Arrays.toString(strokes.voice()));
    assertEquals("[0.0, 0.5, -0.5, 1.0]", Arrays.toString(strokes.offset()));
    assertEquals(0, played.get(0).rhythm().position().length, "it stands nowhere");
  }

  @Test
  void nothingIsRecordedOfABarThatWasStoppedAndWhatWasCountedIsHandedOn() {
    begin(TakeOver.BAR, twoBars(1));
    playTo(3.5);
    song.transport(new Transport(240, false), Math.round(3.5 * BAR));
    ring.drain(loops, new StruckBars(bar -> {}));
    assertEquals(List.of("1x1@0"), heard());
    playTo(20);
    assertEquals(1, played.size(), "nothing while it is stopped");
    song.transport(new Transport(240, true), 20 * BAR);
    playTo(24.7);
    song.transport(new Transport(240, false), Math.round(24.7 * BAR));
    ring.drain(loops, new StruckBars(bar -> {}));
    assertEquals(List.of("1x1@0", "1x2@4"), heard(), "the rest of bar 3 is no bar");
  }

  @Test
  void theLastBarCountsOnlyIfItWasPlayedOut() {
    begin(TakeOver.BAR, twoBars(1));
    playTo(1.9);
    song.end(0);
    ring.drain(loops, new StruckBars(bar -> {}));
    assertEquals(List.of(), heard());
    song.handOver(ensemble, twoBars(1), false, 2 * BAR);
    finish(3.9);
    assertEquals(List.of("1x1@0"), heard());
  }

  @Test
  void aRowIsHandedOnAfterSixtyFourTimesAtTheLatest() {
    begin(TakeOver.BAR, twoBars(1));
    playTo(2 * 64 + 0.1);
    assertEquals(List.of("1x64@0"), heard());
    finish(2 * 65 - 0.1);
    assertEquals(List.of("1x64@0", "1x1@128"), heard());
  }

  @Test
  void recordingSwitchedOnInABarBeginsWithTheNext() {
    begin(TakeOver.BAR, twoBars(1));
    ring.record(false);
    ring.drain(loops, new StruckBars(bar -> {}));
    playTo(1.4);
    ring.record(true);
    playTo(4.2);
    ring.record(false);
    ring.drain(loops, new StruckBars(bar -> {}));
    assertEquals(List.of("1x1@2"), heard());
    playTo(9);
    assertEquals(1, played.size());
  }

  @Test
  void anotherGridBreaksALoopAndALoopShorterThanABarCountsEachTime() {
    Grid doubled = new Grid(1, 4, 4, 4, 2);
    begin(TakeOver.BAR, twoBars(1));
    handOver(pattern(9, doubled, List.of(hit(4, 0, 0))), 2.5);
    finish(3.5);
    assertEquals(List.of("1x1@0", "4x2@3"), heard(), "bar 2 alone is no loop");
  }

  @Test
  void eightBarsAreALoopAndSilenceIsNone() {
    Grid eight = new Grid(8, 3, 4, 4, 1);
    begin(TakeOver.BAR, pattern(1, eight, List.of(hit(1, 0, 0))));
    handOver(pattern(2, eight, List.of()), 11.9);
    playTo(12.0 * 2 - 0.1);
    song.end(0);
    ring.drain(loops, new StruckBars(bar -> {}));
    assertEquals(List.of("1x2@0"), heard(), "16 bars of 3/4 are 12 of 4/4");
  }

  @Test
  void strokesOfVoicesThatNothingStrikesAreLeftOut() {
    List<Rhythm> heard = new ArrayList<>();
    PlayedLoops deaf = new PlayedLoops(STRUCK, loop -> heard.add(loop.rhythm()));
    Rhythm.Strokes strokes =
        new Rhythm.Strokes(
            new int[] {0, 0, 4}, new int[] {0, 1, 0}, new float[] {1, 1, 1}, new float[3]);
    Rhythm rhythm =
        new Rhythm(
            Rhythms.origin(1),
            "m",
            new Grid(1, 4, 4, 4, 1),
            List.of("kick", "spoon"),
            strokes,
            new float[] {0.5f});
    deaf.own(new Pattern(rhythm), 0, 0, 120, 0);
    deaf.barLine(0);
    deaf.halt(true);
    assertEquals("[0, 4]", Arrays.toString(heard.get(0).strokes().step()));
    assertEquals(0.5f, heard.get(0).position()[0]);
  }

  @ParameterizedTest
  @EnumSource(TakeOver.class)
  void everyWholeLoopOfAThousandRandomSwapsIsWhatWasStruck(TakeOver takeOver) {
    Random random = new Random(takeOver.ordinal());
    List<Pattern> handed = new ArrayList<>();
    Grid oneBar = new Grid(1, 4, 4, 12, 1);
    Pattern first = pattern(0, oneBar, Rhythms.randomHits(oneBar, random));
    begin(takeOver, first);
    handed.add(first);
    double now = 0;
    for (int swap = 1; swap <= 1000; swap++) {
      now += random.nextDouble() * 1.5;
      Pattern next = pattern(swap, oneBar, Rhythms.randomHits(oneBar, random));
      handed.add(next);
      handOver(next, now);
    }
    finish(now);
    long bars = played.stream().mapToLong(PlayedLoop::times).sum();
    assertEquals(Math.ceil(now), bars, "every bar is a loop");
    for (PlayedLoop loop : played) {
      Rhythm.Strokes strokes = loop.rhythm().strokes();
      for (int i = 0; i < strokes.count(); i++) {
        float offset = strokes.offset()[i];
        int step = strokes.step()[i];
        assertTrue(handed.stream().anyMatch(p -> has(p.rhythm(), step, offset)));
      }
    }
    if (takeOver == TakeOver.BAR) {
      played.forEach(
          p -> assertTrue(handed.stream().anyMatch(h -> h.rhythm().sameStrokes(p.rhythm()))));
    }
  }

  private static boolean has(Rhythm rhythm, int step, float offset) {
    Rhythm.Strokes strokes = rhythm.strokes();
    for (int i = 0; i < strokes.count(); i++) {
      if (strokes.step()[i] == step && strokes.offset()[i] == offset) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aFullRingIsCountedAndTheReaderBeginsAnewAtABarLine() {
    begin(TakeOver.BAR, twoBars(1));
    playTo(0.5);
    // Nobody reads for so long that bars are lost.
    for (int bar = 1; bar <= PlayedRing.CAPACITY; bar++) {
      song.advance(bar * BAR);
    }
    assertTrue(ring.lost() > PlayedRing.CAPACITY / 2, "lost: " + ring.lost());
    ring.drain(loops, new StruckBars(bar -> {}));
    long counted = played.stream().mapToLong(PlayedLoop::times).sum();
    long before = ring.lost();
    finish(PlayedRing.CAPACITY + 5.5);
    assertEquals(before, ring.lost());
    long all = played.stream().mapToLong(PlayedLoop::times).sum();
    assertTrue(all >= counted + 2 && all <= PlayedRing.CAPACITY / 4 + 4, counted + ", " + all);
  }
}
