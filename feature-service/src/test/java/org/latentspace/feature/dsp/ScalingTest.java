package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {
  @ParameterizedTest
  @CsvSource({
    "0, 12, 0.5", "0, 30, 1",
    "1, 8, 0.6", "1, 20, 1",
    "2, 0.05, 0.25", "2, 2, 1",
    "3, 1500, 0.15", "4, 2500, 0.25",
    "5, 4, 0.4", "5, -1, 0",
    "6, 20, 0.2", "7, 5000, 0.25",
    "8, 0, 0.5", "8, -40, 0", "8, -60, 0",
    "9, 35, 0.35",
    "3, NaN, 0", "3, Infinity, 1", "8, -Infinity, 0"
  })
  void scalesAsTheDeviceDoes(int entry, double raw, double scaled) {
    assertEquals(scaled, Scaling.LSE.scale(entry, raw), 1e-12);
  }

  @Test
  void autoRangeUsesMostOfTheAxisForWhatWasPlayed() {
    double[] low = new double[10];
    double[] high = new double[10];
    Arrays.fill(low, 800);
    Arrays.fill(high, 2800);
    Scaling scaling = Scaling.autoRange("ada", low, high);
    assertEquals("ada", scaling.name());
    assertEquals(0.1, scaling.scale(3, 800), 1e-12);
    assertEquals(0.5, scaling.scale(3, 1800), 1e-12);
    assertEquals(0.9, scaling.scale(3, 2800), 1e-12);
    assertEquals(1, scaling.scale(3, 9000));
    assertEquals(0, scaling.scale(3, 0));
  }

  @Test
  void refusesEmptyRanges() {
    double[] ten = new double[10];
    assertThrows(IllegalArgumentException.class, () -> Scaling.autoRange("x", ten, ten));
    assertThrows(
        IllegalArgumentException.class, () -> Scaling.autoRange("x", new double[9], new double[9]));
  }
}
