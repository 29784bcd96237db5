package org.latentspace.explorer.motion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentspace.explorer.motion.Movement.Bounds;
import org.latentspace.explorer.motion.Movement.SoundClock;

class MovementTest {
  private static final double SECOND = 1e9;

  /** Where an unbounded way of this length ends within the bounds. */
  private static double bounded(double way, Bounds bounds) {
    return switch (bounds) {
      case CLAMP -> Math.max(0, Math.min(1, way));
      case WRAP -> way - Math.floor(way);
      case REFLECT -> 1 - Math.abs(1 - (way - 2 * Math.floor(way / 2)));
    };
  }

  @ParameterizedTest
  @CsvSource({
    // action x, y, most speed, seconds, frames a second
    "0.75, 0.25, 0.5, 1, 86.1328125",
    "1, 0, 0.25, 1.5, 86.1328125",
    "1, 0, 0.25, 1.5, 4.5",
    "1, 0.5, 1, 7.3, 86.1328125",
    "0.9, 0.1, 2, 30, 187.5",
    "0.6, 0.4, 10, 60, 43",
    "0.51, 0.49, 0.01, 60, 20",
    "1, 0, 10, 3, 20"
  })
  void aHeldActionLeadsVelocityTimesTimeFar(
      float x, float y, double speed, double seconds, double rate) {
    for (Bounds bounds : Bounds.values()) {
      Movement movement = new Movement(2);
      movement.begin(new float[] {0.5f, 0.5f});
      movement.push(new float[] {x, y}, speed);
      long now = 0;
      long end = Math.round(seconds * SECOND);
      for (int i = 1; now < end; i++) {
        long next = Math.min(end, Math.round(i / rate * SECOND));
        movement.step(next - now, bounds, 300);
        movement.push(new float[] {x, y}, speed);
        now = next;
      }
      float[] place = movement.place();
      double wayX = (2.0 * x - 1) * speed * seconds;
      double wayY = (2.0 * y - 1) * speed * seconds;
      // Two percent is what is asked for; it is exact but for rounding.
      double margin = 1e-6 * (1 + Math.abs(wayX));
      assertEquals(bounded(0.5 + wayX, bounds), place[0], margin, bounds + " x");
      assertEquals(bounded(0.5 + wayY, bounds), place[1], margin, bounds + " y");
    }
  }

  @Test
  void afterTheMirrorTheActionMeansAgainWhatItSaysOnceItTurnsRound() {
    Movement movement = new Movement(1);
    movement.begin(new float[] {0.9f});
    movement.push(new float[] {1}, 1);
    movement.step(200_000_000, Bounds.REFLECT, 300);
    assertArrayEquals(new float[] {0.9f}, movement.place(), 1e-6f);
    assertArrayEquals(new float[] {-1}, movement.velocity(Bounds.REFLECT));
    movement.push(new float[] {0.75f}, 1);
    assertArrayEquals(new float[] {-0.5f}, movement.velocity(Bounds.REFLECT));
    movement.push(new float[] {0}, 1);
    movement.step(100_000_000, Bounds.REFLECT, 300);
    assertArrayEquals(new float[] {0.8f}, movement.place(), 1e-6f);
    movement.push(new float[] {0.5f}, 1);
    movement.push(new float[] {1}, 1);
    movement.step(100_000_000, Bounds.REFLECT, 300);
    assertArrayEquals(new float[] {0.9f}, movement.place(), 1e-6f);
  }

  @ParameterizedTest
  @CsvSource({"300, 86", "300, 10", "1000, 50", "50, 86"})
  void silenceBringsItToRestExponentially(double restMs, double rate) {
    Movement movement = new Movement(1);
    movement.begin(new float[] {0});
    movement.push(new float[] {1}, 0.2);
    movement.rest();
    int frames = (int) Math.round(restMs / 1000 * rate);
    for (int i = 0; i < frames; i++) {
      movement.step(Math.round(SECOND / rate), Bounds.CLAMP, restMs);
    }
    double constants = frames / rate / (restMs / 1000);
    assertEquals(0.2 * Math.exp(-constants), movement.velocity(Bounds.CLAMP)[0], 1e-6);
    double way = 0.2 * restMs / 1000 * (1 - Math.exp(-constants));
    assertEquals(way, movement.place()[0], 1e-6);
  }

  @Test
  void restOfNoTimeIsAtOnce() {
    Movement movement = new Movement(1);
    movement.begin(new float[] {0.5f});
    movement.push(new float[] {1}, 1);
    movement.rest();
    movement.step(100_000_000, Bounds.CLAMP, 0);
    assertEquals(0.5f, movement.place()[0]);
    assertEquals(0, movement.velocity(Bounds.CLAMP)[0]);
  }

  @ParameterizedTest
  @EnumSource(Bounds.class)
  void neverLeavesTheSquareWhateverPushesIt(Bounds bounds) {
    Movement movement = new Movement(3);
    movement.begin(new float[] {0, 1, 0.3f});
    java.util.SplittableRandom chance = new java.util.SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      float[] action = {
        (float) chance.nextDouble(), (float) chance.nextDouble(), chance.nextInt(2)
      };
      movement.push(action, 10);
      movement.step(chance.nextLong(SoundClock.MOST_STEP_NANOS), bounds, 300);
      for (float entry : movement.place()) {
        assertTrue(entry >= 0 && entry <= 1, bounds + " " + entry);
      }
    }
  }

  @Test
  void gapsAreBoundedAndAnotherSoundBeginsAnew() {
    long[][] table = {{5_000, 0}, {6_000, 1_000}, {2_000_000_000L, 250_000_000}, {10, 0}, {20, 10}};
    SoundClock clock = new SoundClock();
    for (long[] row : table) {
      assertEquals(row[1], clock.step(row[0]));
    }
  }
}
