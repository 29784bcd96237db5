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
}
