package org.latentspace.vae.latent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlideTest {
  private static final long FRAME = 11_609_977; // 512 samples at 44.1 kHz, 86 a second
  private static final double CLOSE = 1e-6;

  private final Glide glide = new Glide(2);

  @Test
  void beginsAtTheFirstTarget() {
    aim(0.3f, 0.8f, 5000, 7);
    assertEquals(0.3f, glide.place(0));
    assertEquals(0.8f, glide.place(1));
  }

  @ParameterizedTest
  @ValueSource(floats = {20, 100, 500, 5000})
  void reachesATargetThatStaysWithinTheRampAndNotBefore(float rampMs) {
    aim(0, 1, rampMs, 0);
    long begin = FRAME;
    int frame = 1;
    aim(1, 0, rampMs, begin);
    assertEquals(0, glide.place(0));
    while (glide.place(0) < 1) {
      frame++;
      aim(1, 0, rampMs, frame * FRAME);
      double expected = Math.min(1, (frame * FRAME - begin) / (rampMs * 1e6));
      assertEquals(expected, glide.place(0), CLOSE);
      assertEquals(1 - expected, glide.place(1), CLOSE);
    }
    double tookMs = (frame * FRAME - begin) / 1e6;
    assertTrue(tookMs >= rampMs && tookMs <= rampMs + FRAME / 1e6, tookMs + " for " + rampMs);
  }

  @Test
  void withoutARampItJumps() {
    aim(0.1f, 0.1f, 0, 0);
    aim(0.9f, 0.2f, 0, FRAME);
    assertEquals(0.9f, glide.place(0));
    assertEquals(0.2f, glide.place(1));
  }

  @Test
  void rampZeroEndsWhatIsUnderWay() {
    aim(0, 0, 5000, 0);
    aim(1, 1, 5000, FRAME);
    aim(1, 1, 5000, 9 * FRAME);
    assertTrue(glide.place(0) < 0.1);
    aim(1, 1, 0, 10 * FRAME);
    assertEquals(1, glide.place(0));
  }

  @Test
  void aShorterRampHurriesWhatIsUnderWayWithoutAJump() {
    aim(0, 0, 5000, 0);
    aim(1, 1, 5000, 0);
    aim(1, 1, 5000, 1_000_000_000L);
    assertEquals(0.2, glide.place(0), CLOSE);
    aim(1, 1, 100, 1_000_000_000L);
    assertEquals(0.2, glide.place(0), CLOSE);
    aim(1, 1, 100, 1_050_000_000L);
    assertEquals(0.6, glide.place(0), CLOSE);
    aim(1, 1, 100, 1_100_000_000L);
    assertEquals(1, glide.place(0));
  }

  @Test
  void followsATargetThatMovesWithEveryFrameAtHalfTheRamp() {
    float rampMs = 500;
    double perFrame = 0.001;
    int frames = 200;
    for (int f = 0; f <= frames; f++) {
      aim((float) (f * perFrame), 0, rampMs, f * FRAME);
    }
    double delayFrames = frames - glide.place(0) / perFrame;
    assertEquals(rampMs / 2, delayFrames * FRAME / 1e6, FRAME / 1e6);
  }

  @Test
  void isTheMeanOfTheTargetOverTheRamp() {
    Random random = new Random(3);
    int window = 43;
    double[] targets = new double[400];
    float rampMs = window * FRAME / 1e6f;
    for (int f = 0; f < targets.length; f++) {
      targets[f] = random.nextFloat();
      aim((float) targets[f], 0, rampMs, f * FRAME);
      if (f >= window) {
        double mean = 0;
        for (int b = 1; b <= window; b++) {
          mean += targets[f - b] / window;
        }
        assertEquals(mean, glide.place(0), 1e-4);
      }
    }
  }

  @Test
  void neitherJumpsNorOvershootsWhateverTheRampsAre() {
    Random random = new Random(4);
    for (int run = 0; run < 50; run++) {
      Glide wandering = new Glide(1);
      float[] target = {0};
      for (long now = 0; now < 400 * FRAME; now += FRAME) {
        wandering.aim(target, 5000, now);
        float before = wandering.place(0);
        float[] next = {random.nextInt(2)};
        wandering.aim(next, 1 + random.nextInt(500) * random.nextInt(10), now);
        float place = wandering.place(0);
        assertTrue(place >= -CLOSE && place <= 1 + CLOSE, "left 0..1: " + place);
        assertEquals(before, place, CLOSE);
        target = next;
      }
    }
  }

  @Test
  void joinsTheOldestRampsWhenThereAreTooManyWithoutAJump() {
    long step = 1_000_000;
    float before = 0;
    aim(0, 0, 5000, 0);
    for (int f = 1; f <= 4 * Glide.MAX_RAMPS; f++) {
      aim(f % 2, 0, 5000, f * step);
      assertEquals(before, glide.place(0), 1e-3);
      before = glide.place(0);
    }
    long end = 4 * Glide.MAX_RAMPS * step;
    aim(1, 0, 5000, end);
    aim(1, 0, 5000, end + 5_000_000_000L);
    assertEquals(1, glide.place(0));
  }

  @Test
  void beginsAnewWhenTimeRunsBack() {
    aim(0, 0, 500, 100 * FRAME);
    aim(1, 1, 500, 101 * FRAME);
    aim(0.25f, 0.5f, 500, FRAME);
    assertEquals(0.25f, glide.place(0));
    assertEquals(0.5f, glide.place(1));
  }

  private void aim(float x, float y, float rampMs, long nanos) {
    glide.aim(new float[] {x, y}, rampMs, nanos);
  }
}
