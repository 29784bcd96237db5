package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TapTempoTest {
  private static final long MS = 1_000_000;
  private final TapTempo taps = new TapTempo();

  @Test
  void theSecondTapTellsATempoAndMoreMakeItSteadier() {
    assertEquals(0, taps.tap(0));
    assertEquals(120, taps.tap(500 * MS), 1e-9);
    assertEquals(60e3 * 2 / 1010, taps.tap(1010 * MS), 1e-9);
    assertEquals(60e3 * 3 / 1500, taps.tap(1500 * MS), 1e-9);
  }

  @Test
  void anotherTempoOrAPauseBeginsAnew() {
    for (int i = 0; i < 12; i++) {
      taps.tap(i * 500L * MS);
    }
    assertEquals(75, taps.tap((5500 + 800) * MS), 1e-9);
    assertEquals(0, taps.tap(20_000 * MS));
    assertEquals(100, taps.tap(20_600 * MS), 1e-9);
  }

  @Test
  void aHandThatBouncesIsNoBeat() {
    taps.tap(0);
    assertEquals(0, taps.tap(30 * MS));
    assertEquals(120, taps.tap(500 * MS), 1e-9);
  }
}
