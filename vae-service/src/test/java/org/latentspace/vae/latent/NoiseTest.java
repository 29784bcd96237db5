package org.latentspace.vae.latent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class NoiseTest {
  private static final long MS = 1_000_000;

  @Test
  void isSteadyWithinAnIntervalAndNewInTheNext() {
    Noise noise = new Noise(1, "anna", 500, 2);
    double first = noise.at(0, 0);
    assertEquals(first, noise.at(499 * MS, 0));
    assertNotEquals(first, noise.at(500 * MS, 0));
    assertNotEquals(noise.at(500 * MS, 0), noise.at(500 * MS, 1));
  }

  @Test
  void dependsOnSeedPerformerAndMomentAlone() {
    Noise noise = new Noise(1, "anna", 500, 2);
    double late = new Noise(1, "anna", 500, 2).at(9000 * MS, 1);
    noise.at(0, 0);
    noise.at(4000 * MS, 0);
    assertEquals(late, noise.at(9000 * MS, 1));
    assertNotEquals(late, new Noise(2, "anna", 500, 2).at(9000 * MS, 1));
    assertNotEquals(late, new Noise(1, "bela", 500, 2).at(9000 * MS, 1));
  }

  @Test
  void isGaussianWithStandardDeviationOne() {
    Noise noise = new Noise(5, "anna", 10, 2);
    int draws = 50_000;
    double[] moments = new double[5];
    double product = 0;
    for (long i = 0; i < draws; i++) {
      double x = noise.at(i * 10 * MS, 0);
      product += x * noise.at(i * 10 * MS, 1) / draws;
      for (int p = 1; p < moments.length; p++) {
        moments[p] += Math.pow(x, p) / draws;
      }
    }
    assertEquals(0, moments[1], 0.02);
    assertEquals(1, moments[2], 0.03);
    assertEquals(0, moments[3], 0.06);
    assertEquals(3, moments[4], 0.15);
    assertEquals(0, product, 0.02);
  }
}
