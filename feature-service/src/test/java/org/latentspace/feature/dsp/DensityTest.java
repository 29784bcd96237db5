package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DensityTest {
  private final Density density = new Density(5, 5);

  @Test
  void isOneOverTheMeanIntervalOfTheLastOnsets() {
    assertEquals(0, density.perSecond(0));
    density.add(0);
    assertEquals(0, density.perSecond(0.1), "one onset makes no interval");
    for (int i = 1; i < 20; i++) {
      density.add(i * 0.125);
      assertEquals(8, density.perSecond(i * 0.125 + 0.01), 1e-9);
    }
  }

  @Test
  void fallsWhileTheOpenIntervalGrowsAndEndsWithTheMemory() {
    for (int i = 0; i < 5; i++) {
      density.add(i * 0.1);
    }
    double before = density.perSecond(0.5);
    assertEquals(10, before, 1e-9);
    assertTrue(density.perSecond(1) < 6);
    assertTrue(density.perSecond(3) < density.perSecond(2));
    assertEquals(0, density.perSecond(6));
  }
}
