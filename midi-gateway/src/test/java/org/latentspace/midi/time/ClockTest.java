package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.rhythm.Grid;

/** Places and times of the song. */
class ClockTest {
  @Test
  void aQuarterAt120LastsHalfASecond() {
    Clock clock = new Clock(120);
    clock.begin(1_000_000_000);
    assertEquals(1_500_000_000.0, clock.nanosAt(Grid.GRAINS_PER_QUARTER), 2.0);
    assertEquals(Grid.GRAINS_PER_QUARTER, clock.grainAt(1_500_000_001), 1.0);
  }

  @Test
  void thePlaceNeverJumpsAtAChangeOfTempoAndAWaitAlwaysReachesItsPlace() {
    Random random = new Random(3);
    Clock clock = new Clock(120);
    long now = 987_654_321_987L;
    clock.begin(now);
    for (int i = 0; i < 10_000; i++) {
      long grain = clock.grainAt(now) + random.nextInt(1_000_000);
      long due = clock.nanosAt(grain);
      assertTrue(clock.grainAt(due) >= grain, "reached");
      assertTrue(due <= now || clock.grainAt(due - 3) <= grain, "and not late");
      now = Math.max(now, due);
      long before = clock.grainAt(now);
      clock.tempo(20 + random.nextDouble() * 280, now);
      assertEquals(before, clock.grainAt(now), 1.0);
    }
  }

  @Test
  void stoppedItHoldsItsPlace() {
    Clock clock = new Clock(60);
    clock.begin(0);
    clock.run(false, 500_000_000);
    assertEquals(Grid.GRAINS_PER_QUARTER / 2, clock.grainAt(9_000_000_000L), 1.0);
    clock.run(true, 10_000_000_000L);
    assertEquals(Grid.GRAINS_PER_QUARTER, clock.grainAt(10_500_000_000L), 1.0);
  }

  @Test
  void aRampGoesEvenlyAndTimeAndPlaceFitEachOther() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      Clock clock = new Clock(20 + random.nextDouble() * 280);
      long now = 123_456_789L;
      clock.begin(now);
      double before = clock.bpm();
      double after = 20 + random.nextDouble() * 280;
      long ramp = 1 + random.nextInt(2_000_000_000) * 10L;
      clock.ramp(after, ramp, now);
      double mean = (before + after) / 2;
      assertEquals(
          mean / 60e9 * ramp * Grid.GRAINS_PER_QUARTER, clock.grainAt(now + ramp), 2, "linear");
      assertEquals((before + mean) / 2, clock.bpmAt(now + ramp / 4), 1e-3);
      assertEquals(after, clock.bpmAt(now + ramp + 1), 1e-9);
      for (int i = 0; i < 100; i++) {
        long grain = random.nextInt(20_000_000);
        long due = clock.nanosAt(grain);
        assertTrue(clock.grainAt(due) >= grain, "reached");
        assertTrue(clock.grainAt(due - 3) <= grain, "and not late");
      }
    }
  }

  @Test
  void thePlaceNeverGoesBackWhateverBendsIt() {
    Random random = new Random(6);
    Clock clock = new Clock(120);
    long now = 0;
    clock.begin(now);
    double place = 0;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(100_000_000);
      double bpm = 20 + random.nextDouble() * 280;
      switch (random.nextInt(5)) {
        case 0 -> clock.ramp(bpm, random.nextInt(2_000_000_000), now);
        case 1 -> clock.tempo(bpm, now);
        case 2 -> clock.run(random.nextBoolean(), now);
        default -> {
          double least = bpm / 60e9 * Grid.GRAINS_PER_QUARTER * 0.5 * 250e6;
          clock.catchUp(bpm, (random.nextDouble() * 2 - 1) * least, 250_000_000, now);
        }
      }
      assertTrue(clock.placeAt(now) >= place - 1e-3, "place");
      place = clock.placeAt(now);
    }
  }
}
