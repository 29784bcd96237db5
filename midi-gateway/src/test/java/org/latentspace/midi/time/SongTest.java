package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.hit;
import static org.latentspace.midi.rhythm.Rhythms.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.latentspace.installation.Installation.LatencyPoint;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VelocityPart;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.robot.StrokeHistory;
import org.latentspace.midi.time.Transport.TakeOver;

/** Several ensembles and their robots by one clock, at 240 bpm: a quarter note is 250 ms. */
class SongTest {
  private static final Grid BAR = new Grid(1, 4, 4, 4, 1);
  private static final long Q = Grid.GRAINS_PER_QUARTER;
  private static final long MS = 1_000_000;

  private final Map<String, StrokeHistory> histories = new HashMap<>();
  private final List<String> struck = new ArrayList<>();
  private final Outputs outputs =
      (due, grain, noteOn, robot) ->
          struck.add(robot.name() + "@" + Math.round((double) due / MS) + "=" + grain * 4 / Q);
  private final Song song = new Song(new Transport(240, true), outputs);

  private static RobotPart robot(String name, double latencyMs, int priority, String... voices) {
    List<VoicePart> all = new ArrayList<>();
    for (String voice : voices) {
      all.add(new VoicePart(voice, 36, List.of(new LatencyPoint(1, latencyMs))));
    }
    VelocityPart velocity = new VelocityPart(1, 127, 1);
    OptionalDouble gate = OptionalDouble.empty();
    return new RobotPart(
        name, "", all, List.of(), 1, velocity, 0, null, priority, gate, false, false);
  }

  private EnsembleSetup setup(String name, long nudgeMs, RobotPart... parts) {
    return Ensembles.setup(
        name,
        new EnsembleStyle(TakeOver.BAR, 0, nudgeMs * MS, false, false),
        RobotSet.of(List.of(parts), ports -> 1, 50, histories));
  }

  private Ensemble add(EnsembleSetup setup) {
    return song.add(setup, PlaybackListener.NOBODY);
  }

  private static Pattern kickOn(int... steps) {
    return pattern(1, BAR, Arrays.stream(steps).mapToObj(s -> hit(s, 0, 0)).toList());
  }

  @Test
  void slowRobotsAreToldEarlierAndTheSongBeginsWhenTheSlowestCan() {
    Ensemble both = add(setup("e", 0, robot("slow", 60, 0, "kick"), robot("fast", 5, 0, "kick")));
    song.handOver(both, kickOn(0, 4), false, 0);
    song.advance(400 * MS);
    assertEquals(List.of("slow@0=0", "fast@55=0", "slow@250=4", "fast@305=4"), struck);
  }

  @Test
  void ofStrokesThatLeaveTogetherTheHigherPriorityLeavesFirst() {
    Ensemble two = add(setup("e", 0, robot("low", 0, 1, "kick"), robot("high", 0, 9, "kick")));
    song.handOver(two, kickOn(0), false, 0);
    song.advance(0);
    song.advance(2);
    assertEquals(List.of("high@0=0", "low@0=0"), struck);
  }

  @Test
  void eachEnsemblePlaysItsOwnRhythmByOneClockAndANudgeMovesOne() {
    Ensemble first = add(setup("first", 0, robot("a", 0, 0, "kick")));
    Ensemble second = add(setup("second", 30, robot("b", 0, 0, "kick")));
    song.handOver(first, kickOn(0, 8), false, 0);
    song.handOver(second, kickOn(4), false, 100 * MS);
    song.advance(1900 * MS);
    assertEquals(
        List.of("a@0=0", "a@500=8", "a@1000=16", "b@1280=20", "a@1500=24"),
        struck,
        "the second ensemble takes over at the bar line");
    assertEquals(4, first.strokes());
    assertEquals(1, second.strokes());
  }

  @Test
  void muteAndSoloSilenceEnsemblesAndRobotsAndAreCounted() {
    Ensemble first = add(setup("first", 0, robot("a", 0, 0, "kick"), robot("c", 0, 0, "kick")));
    Ensemble second = add(setup("second", 0, robot("b", 0, 0, "kick")));
    song.handOver(first, kickOn(0), false, 0);
    song.handOver(second, kickOn(0), false, 0);
    song.advance(100 * MS);
    struck.clear();
    Robot c = first.robots().robots().get(1);
    c.choose(false, true);
    first.robots().listen();
    song.advance(1100 * MS);
    assertEquals(List.of("c@1000=16", "b@1000=16"), struck);
    struck.clear();
    second.style(new EnsembleStyle(TakeOver.BAR, 0, 0, false, true));
    song.style(second, second.style(), 1100 * MS);
    assertTrue(first.isSilent());
    song.advance(2100 * MS);
    assertEquals(List.of("b@2000=32"), struck);
    assertEquals(2, histories.get("a").muted());
    assertEquals(1, histories.get("c").muted());
    assertFalse(second.isSilent());
  }

  @Test
  void robotsAreReassignedAtTheBarLineAndNothingIsLost() {
    Ensemble ensemble = add(setup("e", 0, robot("old", 10, 0, "kick")));
    song.handOver(ensemble, kickOn(0, 4, 8, 12), false, 0);
    song.advance(300 * MS);
    boolean[] done = new boolean[1];
    ensemble.change(setup("e", 0, robot("old", 10, 0, "snare"), robot("new", 40, 0, "kick")));
    song.change(List.of(ensemble), () -> done[0] = true);
    assertFalse(done[0]);
    song.advance(2000 * MS);
    assertTrue(done[0]);
    assertEquals(
        List.of("old@0=0", "old@250=4", "old@500=8", "old@750=12", "new@970=16", "new@1220=20"),
        struck.subList(0, 6));
    assertEquals(4, histories.get("old").strokes());
  }

  @Test
  void whatAHandHasChosenStaysWhenOnlyThePortsChange() {
    Ensemble ensemble = add(setup("e", 0, robot("a", 0, 0, "kick"), robot("b", 0, 0, "kick")));
    song.handOver(ensemble, kickOn(0, 8), false, 0);
    song.advance(300 * MS);
    RobotSet elsewhere =
        RobotSet.of(
            List.of(robot("a", 0, 0, "kick"), robot("b", 0, 0, "kick")), p -> 2, 50, histories);
    EnsembleSetup wanted = Ensembles.setup("e", ensemble.style(), elsewhere);
    ensemble.change(wanted.asChosen());
    song.change(List.of(ensemble), () -> {});
    // Chosen after the change is asked for, and before its bar line.
    ensemble.robots().robots().get(1).choose(true, false);
    ensemble.robots().listen();
    EnsembleStyle shuffled = new EnsembleStyle(TakeOver.CELL, 0.5f, 0, false, false);
    ensemble.style(shuffled);
    song.style(ensemble, shuffled, 310 * MS);
    song.advance(1100 * MS);
    assertEquals(2, ensemble.robots().robots().get(0).ports());
    assertTrue(ensemble.robots().robots().get(1).isSilent());
    assertEquals(shuffled, ensemble.style());
    assertEquals(List.of("a@0=0", "b@0=0", "a@500=8", "a@1000=16"), struck);
  }

  @Test
  void anEnsembleComesAndAnotherLeavesAtABarLine() {
    Ensemble first = add(setup("first", 0, robot("a", 0, 0, "kick")));
    song.handOver(first, kickOn(0, 8), false, 0);
    song.advance(300 * MS);
    Ensemble second =
        song.ensemble(setup("second", 0, robot("b", 0, 0, "kick")), PlaybackListener.NOBODY);
    first.change(null);
    song.change(List.of(second, first), () -> struck.add("changed"));
    song.handOver(second, kickOn(0, 4), false, 310 * MS);
    song.advance(1100 * MS);
    song.advance(2400 * MS);
    assertEquals(
        List.of("a@0=0", "a@500=8", "b@1000=16", "changed", "b@1250=20", "b@2000=32", "b@2250=36"),
        struck);
  }

  @Test
  void aStoppedSongHoldsWhatHasNotLeftAndGoesOnWithIt() {
    Ensemble ensemble = add(setup("e", 0, robot("slow", 100, 0, "kick")));
    song.handOver(ensemble, kickOn(0, 4, 8, 12), false, 0);
    song.advance(100 * MS);
    song.transport(new Transport(240, false), 200 * MS);
    song.advance(5000 * MS);
    assertEquals(List.of("slow@0=0"), struck);
    song.transport(new Transport(240, true), 5000 * MS);
    song.advance(5400 * MS);
    assertEquals(List.of("slow@0=0", "slow@5050=4", "slow@5300=8"), struck);
  }
}
