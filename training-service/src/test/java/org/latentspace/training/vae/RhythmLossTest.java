package org.latentspace.training.vae;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.training.vae.HyperParameters.Weights;

class RhythmLossTest {
  private static final int CELLS = 6;
  private static final int LATENT = 2;
  private final RhythmLoss loss = new RhythmLoss(CELLS, LATENT, new Weights(3, 2, 0.7, 0));

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5})
  void theGradientIsTheSlopeOfTheLoss(double edge) {
    RhythmLoss loss = new RhythmLoss(CELLS, LATENT, new Weights(3, 2, 0.7, edge));
    float[] target = target();
    float[] at = random(5, loss.width());
    float[] gradient = at.clone();
    loss.row(target, gradient, 0);
    float step = 1e-2f;
    for (int i = 0; i < at.length; i++) {
      float[] above = at.clone();
      float[] below = at.clone();
      above[i] += step;
      below[i] -= step;
      double slope = (loss.row(target, above, 0) - loss.row(target, below, 0)) / (2 * step);
      assertEquals(slope, gradient[i], 2e-3, "output " + i);
    }
  }

  @Test
  void velocityAndOffsetWithoutAnOnsetCostNothing() {
    float[] target = new float[loss.width()];
    float[] output = random(6, loss.width());
    loss.row(target, output, 0);
    for (int i = CELLS; i < 3 * CELLS; i++) {
      assertEquals(0, output[i]);
    }
    Losses parts = loss.take();
    assertEquals(0, parts.velocity());
    assertEquals(0, parts.offset());
  }

  @Test
  void theDivergenceIsZeroAtThePriorAndTheTextbooksElsewhere() {
    float[] target = new float[loss.width()];
    float[] output = new float[loss.width()];
    loss.row(target, output, 0);
    assertEquals(0, loss.take().divergence(), 1e-12);
    float[] away = new float[loss.width()];
    away[3 * CELLS] = 2;
    away[3 * CELLS + LATENT] = (float) Math.log(0.25);
    loss.row(target, away, 0);
    assertEquals(0.5 * (0.25 + 4 - 1 - Math.log(0.25)), loss.take().divergence(), 1e-6);
  }

  @Test
  void extremeOutputsStayFinite() {
    float[] target = target();
    float[] output = random(7, loss.width());
    for (int i = 0; i < output.length; i++) {
      output[i] *= 1e4f;
    }
    assertEquals(true, Double.isFinite(loss.row(target, output, 0)));
    for (float each : output) {
      assertEquals(true, Float.isFinite(each));
    }
  }

  private float[] target() {
    float[] target = new float[loss.width()];
    for (int i = 0; i < CELLS; i += 2) {
      target[i] = 1;
      target[i + CELLS] = 0.3f + 0.1f * i;
      target[i + 2 * CELLS] = 0.2f * i - 0.5f;
    }
    target[3 * CELLS] = 0.6f;
    target[3 * CELLS + LATENT] = (float) Math.log(0.3);
    return target;
  }

  private static float[] random(long seed, int size) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
