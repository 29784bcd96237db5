package org.latentspace.midi.played;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.pattern;
import static org.latentspace.midi.rhythm.Rhythms.randomHits;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.installation.Installation.DutyPart;
import org.latentspace.installation.Installation.LatencyPoint;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VelocityPart;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.EnsembleSetup;
import org.latentspace.midi.time.EnsembleStyle;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.midi.time.Outputs;
import org.latentspace.midi.time.Song;
import org.latentspace.midi.time.Transport;
import org.latentspace.midi.time.Transport.TakeOver;

/**
 * Random rhythms that take over anywhere, random limits, a robot that is mute for a while: the bars
 * that are held are what the outputs were told to strike, message by message.
 */
class StruckBarsTest {
  private static final List<String> VOICES = List.of("kick", "snare", "closed-hat", "open-hat");
  private static final Map<String, Integer> NOTES =
      Map.of("kick", 36, "snare", 38, "closed-hat", 42, "open-hat", 46);
  private static final long SECOND = 1_000_000_000L;

  // What the outputs were told to strike: place in the song and note.
  private final List<String> struck = new ArrayList<>();
  private final List<HeardBar> heard = new ArrayList<>();
  private final PlayedRing ring = new PlayedRing();
  private final StruckBars bars = new StruckBars(heard::add);
  private final PlayedLoops loops = new PlayedLoops(voice -> true, loop -> {});
  private Random random;

  private RobotPart robot(String name, List<String> voices, double interval, DutyPart duty) {
    LatencyPoint slow = new LatencyPoint(1, 5 + random.nextInt(55));
    List<VoicePart> parts =
        voices.stream().map(v -> new VoicePart(v, NOTES.get(v), List.of(slow))).toList();
    return new RobotPart(
        name,
        "",
        parts,
        List.of(),
        10,
        new VelocityPart(1, 127, 1),
        interval,
        duty,
        0,
        OptionalDouble.empty(),
        false,
        false);
  }

  private EnsembleSetup setup(TakeOver takeOver) {
    List<RobotPart> parts =
        List.of(
            robot("kick", List.of("kick"), 90, null),
            robot("second-kick", List.of("kick"), 0, null),
            robot("snare", List.of("snare"), 120, new DutyPart(9, 1)),
            robot("hats", List.of("closed-hat", "open-hat"), 60, null));
    RobotSet robots = RobotSet.of(parts, ports -> 1, 50, new HashMap<>());
    return Ensembles.setup("group", new EnsembleStyle(takeOver, 0, 0, false, false), robots);
  }

  /** Grid lines are told apart whatever the rounding of the offset. */
  private static String at(long grain, int note) {
    return grain / 4 + " " + note;
  }

  private Pattern randomPattern(int sequence, Grid grid) {
    return new Pattern(
        pattern(sequence, grid, randomHits(grid, random)).rhythm().dividedBy(grid.division()));
  }

  @ParameterizedTest
  @CsvSource({"1, BAR, 2, 1", "2, BEAT, 2, 1", "3, CELL, 2, 1", "4, CELL, 1, 2", "5, BEAT, 1, 4"})
  void areExactlyWhatTheOutputsStruck(long seed, TakeOver takeOver, int loopBars, int division) {
    random = new Random(seed);
    Grid grid = new Grid(loopBars, 4, 4, 12, division);
    Outputs outputs =
        (due, grain, noteOn, to) -> struck.add(at(Math.max(0, grain), noteOn >> 8 & 0x7f));
    Song song = new Song(new Transport(120, true), outputs);
    Ensemble ensemble = song.add(setup(takeOver), ring);
    long now = 0;
    song.handOver(ensemble, randomPattern(0, grid), false, now);
    Robot hats = ensemble.robots().robots().get(3);
    for (int swap = 1; swap <= 60; swap++) {
      long until = now + random.nextInt(1_800) * 1_000_000L;
      while (now < until) {
        now = Math.max(now + 1, Math.min(until, song.nextNanos()));
        song.advance(now);
        ring.drain(loops, bars);
      }
      hats.choose(swap % 3 == 0, false);
      ensemble.robots().listen();
      song.handOver(ensemble, randomPattern(swap, grid), false, now);
    }
    song.finishAtBarLine();
    song.advance(now + 5 * SECOND);
    assertTrue(song.isOver());
    song.end(now + 5 * SECOND);
    ring.drain(loops, bars);
    assertEquals(new TreeSet<>(struck), heardStrokes(grid));
    assertTrue(struck.size() > 500, "strokes: " + struck.size());
    assertTrue(heard.size() > 15, "bars: " + heard.size());
    long dropped = ensemble.robots().robots().stream().mapToLong(StruckBarsTest::dropped).sum();
    assertTrue(dropped > 50, "dropped: " + dropped);
  }

  private static long dropped(Robot robot) {
    return robot.history().tooClose() + robot.history().overDuty() + robot.history().muted();
  }

  /** Places and notes of all bars that are held. */
  private TreeSet<String> heardStrokes(Grid grid) {
    TreeSet<String> all = new TreeSet<>();
    long before = -1;
    for (HeardBar bar : heard) {
      assertTrue(bar.bar() > before, "bars in order");
      before = bar.bar();
      Rhythm rhythm = bar.rhythm();
      assertEquals(120.0 * grid.division(), bar.bpm());
      assertEquals(grid.division(), rhythm.grid().bars());
      Rhythm.Strokes strokes = rhythm.strokes();
      for (int i = 0; i < strokes.count(); i++) {
        long line = bar.bar() * grid.barGrains() + strokes.step()[i] * grid.stepGrains();
        long grain = line + Math.round(strokes.offset()[i] * grid.halfStepGrains());
        String voice = rhythm.voices().get(strokes.voice()[i]);
        all.add(at(Math.max(0, grain), Objects.requireNonNull(NOTES.get(voice))));
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"6, BAR", "7, CELL"})
  void aBarThatWasStoppedIsLeftOutAndTheNextWholeOneIsHeld(long seed, TakeOver takeOver) {
    random = new Random(seed);
    Grid grid = new Grid(2, 4, 4, 12, 1);
    Map<Long, Integer> strokes = new TreeMap<>();
    Outputs outputs =
        (due, grain, noteOn, to) ->
            strokes.merge(
                Math.max(0, grain + grid.halfStepGrains()) / grid.barGrains(), 1, Integer::sum);
    Song song = new Song(new Transport(120, true), outputs);
    Ensemble ensemble = song.add(setup(takeOver), ring);
    song.handOver(ensemble, randomPattern(0, grid), false, 0);
    advance(song, 0, 5 * SECOND);
    song.transport(new Transport(120, false), 5 * SECOND);
    song.transport(new Transport(120, true), 9 * SECOND);
    advance(song, 9 * SECOND, 16 * SECOND);
    ring.drain(loops, bars);
    List<Long> whole = heard.stream().map(HeardBar::bar).toList();
    // Bar 2 was stopped, and the cells of bar 3 were the next that were seen from the first on.
    assertEquals(List.of(0L, 1L, 3L, 4L), whole.stream().filter(bar -> bar < 5).toList());
    assertTrue(strokes.containsKey(2L), "it was struck in bar 2: " + strokes);
  }

  private void advance(Song song, long from, long until) {
    for (long now = from; now < until; now = Math.max(now + 1, song.nextNanos())) {
      song.advance(now);
      ring.drain(loops, bars);
    }
  }
}
