package org.latentspace.explorer.trajectory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.explorer.trajectory.Trajectory.Recording;
import org.latentspace.explorer.trajectory.Trajectory.Replay;

class TrajectoryTest {
  private static final long SECOND = 1_000_000_000L;

  private static Trajectory straight(long seconds) {
    return new Trajectory(
        "straight",
        new long[] {0, seconds * SECOND / 4, seconds * SECOND},
        new float[] {0, 1, 0, 0, 0.25f, 0.75f, 0.5f, 1250, 1, 0, 2, 5000},
        4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 3, 10})
  void timeIsScaledExactlyAndALoopDoesNotWaitAtItsSeam(double speed) {
    Replay loop = new Replay(straight(2), true, speed);
    float[] row = new float[4];
    long frame = 11_609_977;
    for (int i = 1; i <= 20_000; i++) {
      assertTrue(loop.step(frame, row));
      double part = i * frame * speed / (2.0 * SECOND);
      double round = part % 1;
      assertEquals(round, row[0], 1e-6, "frame " + i);
      assertEquals(5000 * round, row[3], 1e-2, "frame " + i);
    }
  }

  @Test
  void onceEndsAtItsLastPlace() {
    Replay once = new Replay(straight(1), false, 1);
    float[] row = new float[4];
    assertTrue(once.step(SECOND / 2, row));
    assertFalse(once.step(SECOND, row));
    assertEquals(1, row[0]);
    assertEquals(2, row[2]);
  }

  @Test
  void recordingIsBoundedToTenMinutesAndToARowEveryTenMilliseconds() {
    Recording recording = new Recording("long", 4);
    assertNull(recording.trajectory());
    float[] row = new float[4];
    long frame = 2_500_000;
    for (long i = 0; i < 700 * SECOND / frame; i++) {
      row[0] = i % 100 / 100f;
      recording.add(frame, row);
    }
    Trajectory full = recording.trajectory();
    assertEquals(Trajectory.MOST_POINTS, full.points());
    assertEquals(600, full.seconds());
  }

  @Test
  void refusesWhatIsNone() {
    float[] rows = new float[8];
    assertThrows(
        IllegalArgumentException.class, () -> new Trajectory("a", new long[0], new float[0], 4));
    assertThrows(
        IllegalArgumentException.class, () -> new Trajectory("a", new long[] {0, 0}, rows, 4));
    assertThrows(
        IllegalArgumentException.class, () -> new Trajectory("a", new long[] {5, 6}, rows, 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Trajectory("a", new long[] {0, 601 * SECOND}, rows, 4));
  }
}
