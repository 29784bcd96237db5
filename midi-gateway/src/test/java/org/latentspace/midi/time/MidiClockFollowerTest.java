package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.time.ClockSource.State;

class MidiClockFollowerTest {
  private static final long PULSE = Grid.GRAINS_PER_QUARTER / MidiClockFollower.PULSES_PER_QUARTER;
  private static final long JITTER_NANOS = 3_000_000;

  private final MidiClockFollower follower = new MidiClockFollower(120);
  private SplittableRandom random = new SplittableRandom(11);
  private double trueNanos = -5e12;
  private long truePulse = -1;
  private double[] apart = new double[1 << 16];
  private int strokes;

  /** Pulses at such a tempo, with jitter; a stroke on each is struck when the follower says so. */
  private void play(double bpm, int pulses, double lossOfPulses) {
    for (int i = 0; i < pulses; i++) {
      trueNanos += 60e9 / 24 / bpm;
      truePulse++;
      strike();
      if (random.nextDouble() >= lossOfPulses) {
        long jitter = random.nextLong(-JITTER_NANOS, JITTER_NANOS + 1);
        follower.pulse(Math.round(trueNanos) + jitter);
      }
    }
  }

  /** How far the stroke of this pulse is from its true time, as known ten milliseconds before. */
  private void strike() {
    if (follower.isPlaying()) {
      apart[strokes++] = Math.abs(follower.nanosAt(truePulse * PULSE) - trueNanos) / 1e6;
    }
  }

  private double p99() {
    double[] sorted = Arrays.copyOf(apart, strokes);
    Arrays.sort(sorted);
    strokes = 0;
    return sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
  }

  private double beatsApart() {
    return (follower.grainAt(Math.round(trueNanos)) - truePulse * PULSE)
        / (double) Grid.GRAINS_PER_QUARTER;
  }

  private void begin(double bpm) {
    follower.start();
    play(bpm, 48, 0);
    strokes = 0;
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, 40, 60, 90, 120, 137.5, 180, 240, 300})
  void strokesAreWithin3MsOfTheBeatWhenPulsesJitterBy3Ms(double bpm) {
    begin(bpm);
    play(bpm, 24_000, 0);
    double p99 = p99();
    System.out.printf("%.1f bpm: strokes within %.2f ms (p99)%n", bpm, p99);
    assertTrue(p99 <= 3, "p99 " + p99 + " ms");
    assertEquals(bpm, follower.bpm(), bpm * 0.03);
    assertEquals(0, beatsApart(), 0.05);
  }

  @ParameterizedTest
  @CsvSource({
    "120, 180",
    "180, 120",
    "120, 60",
    "60, 120",
    "120, 128",
    "120, 116",
    "90, 200",
    "240, 100",
    "100, 101"
  })
  void aTempoChangeIsFollowedWithinABeat(double before, double after) {
    double worstTempo = 0;
    for (int seed = 0; seed < 200; seed++) {
      random = new SplittableRandom(seed);
      MidiClockFollowerTest one = new MidiClockFollowerTest();
      one.random = random;
      one.begin(before);
      one.play(before, 24 + seed, 0);
      one.play(after, 24, 0);
      worstTempo = Math.max(worstTempo, Math.abs(one.follower.bpm() / after - 1));
      one.strokes = 0;
      one.play(after, 24, 0);
      System.arraycopy(one.apart, 0, apart, strokes, one.strokes);
      strokes += one.strokes;
      assertEquals(0, one.beatsApart(), 0.03, "no pulse is lost or doubled");
    }
    double p99 = p99();
    System.out.printf(
        "%.0f to %.0f bpm: a beat later within %.2f ms (p99), tempo within %.1f %%%n",
        before, after, p99, worstTempo * 100);
    assertTrue(p99 <= 3, "p99 " + p99 + " ms");
    assertTrue(worstTempo <= 0.03, "tempo " + worstTempo);
  }

  @Test
  void aSlowDriftOfTempoIsFollowed() {
    begin(120);
    for (int i = 0; i < 2000; i++) {
      play(120 + 20 * Math.sin(i / 200.0), 2, 0);
    }
    assertTrue(p99() <= 4, "p99");
    assertEquals(0, beatsApart(), 0.02);
  }

  @Test
  void pulsesThatAreLostNowAndThenMoveNothing() {
    begin(120);
    play(120, 10_000, 0.01);
    double p99 = p99();
    System.out.printf("one pulse of a hundred lost: strokes within %.2f ms (p99)%n", p99);
    assertTrue(p99 <= 3.5, "p99 " + p99 + " ms");
    assertEquals(0, beatsApart(), 0.02);
  }

  @Test
  void aLostClockIsAStateAndTheSongGoesOnAtTheLastTempo() {
    assertEquals(State.WAITING, follower.state(0));
    begin(137);
    assertEquals(State.FOLLOWING, follower.state(Math.round(trueNanos)));
    double bpm = follower.bpm();
    play(137, 24 * 8, 1);
    assertEquals(State.LOST, follower.state(Math.round(trueNanos)));
    assertEquals(bpm, follower.bpm());
    assertTrue(follower.isPlaying());
    assertEquals(0, beatsApart(), 8 * Math.abs(bpm / 137 - 1) + 0.02);
    play(137, 24, 0);
    assertEquals(State.FOLLOWING, follower.state(Math.round(trueNanos)));
    long off = Math.round(beatsApart() * 24);
    assertTrue(Math.abs(off) <= Math.ceil(8 * 24 * Math.abs(bpm / 137 - 1) + 0.5), "pulses " + off);
    assertEquals(off / 24.0, beatsApart(), 0.01, "on a pulse");
  }

  @Test
  void startContinueStopAndSongPositionAreTheSongs() {
    play(120, 30, 0);
    assertFalse(follower.isPlaying());
    assertEquals(0, follower.grainAt(Math.round(trueNanos)), "pulses alone move no song");
    assertEquals(120, follower.bpm(), 2);

    follower.start();
    assertFalse(follower.isPlaying(), "before the first pulse");
    truePulse = -1;
    play(120, 50, 0);
    assertEquals(0, beatsApart(), 0.01);
    follower.stop();
    long held = follower.grainAt(Math.round(trueNanos));
    assertEquals(50 * PULSE, held);
    play(120, 100, 0);
    assertEquals(held, follower.grainAt(Math.round(trueNanos)));

    follower.proceed();
    truePulse = 49;
    play(120, 10, 0);
    assertEquals(0, beatsApart(), 0.01);

    follower.stop();
    follower.songPosition(64);
    assertEquals(64 * 6 * PULSE, follower.grainAt(Math.round(trueNanos)));
    follower.proceed();
    truePulse = 64 * 6 - 1;
    play(120, 10, 0);
    assertEquals(0, beatsApart(), 0.01);

    follower.songPosition(8);
    truePulse = 8 * 6 - 1;
    play(120, 10, 0);
    assertEquals(0, beatsApart(), 0.01, "a jump while it plays");
  }

  @Test
  void theTimeOfAPlaceIsWhereThePlaceIs() {
    begin(93);
    for (long grain = 0; grain < 1000 * PULSE; grain += 12_345) {
      assertTrue(follower.grainAt(follower.nanosAt(grain)) >= grain);
      assertTrue(follower.grainAt(follower.nanosAt(grain)) <= grain + 1);
    }
  }

  @Test
  void pulsesAtAnyTimeNeverLeadOutOfTheTempoRange() {
    long nanos = 0;
    for (int i = 0; i < 100_000; i++) {
      nanos += random.nextInt(10) == 0 ? random.nextLong(5_000_000_000L) : random.nextInt(200_000);
      follower.pulse(nanos);
      if (random.nextInt(50) == 0) {
        follower.start();
      }
      assertTrue(follower.bpm() >= 19.99 && follower.bpm() <= 300.01, "bpm " + follower.bpm());
      assertTrue(follower.grainAt(nanos) >= -Grid.GRAINS_PER_QUARTER, "place");
    }
  }
}
