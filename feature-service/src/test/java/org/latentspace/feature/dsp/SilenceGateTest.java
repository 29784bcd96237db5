package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SilenceGateTest {
  @Test
  void opensAtOneLevelAndClosesWhenALowerOneHasHeld() {
    SilenceGate gate = new SilenceGate(-50, -56, 0.2);
    double[][] levelTimeSilent = {
      {-120, 0, 1}, {-52, 0.1, 1}, {-49, 0.2, 0}, {-55, 0.3, 0}, {-60, 0.4, 0},
      {-54, 0.55, 0}, {-60, 0.6, 0}, {-60, 0.7, 0}, {-60, 0.76, 1}, {-52, 0.8, 1}, {-40, 0.9, 0}
    };
    for (double[] step : levelTimeSilent) {
      assertEquals(step[2] > 0, gate.silent(step[0], step[1]), "at " + step[1]);
    }
  }
}
