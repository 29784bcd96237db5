package org.latentspace.explorer.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.feature.PairInput.Spread;

class SpreadTest {
  private static final int SIZE = 12;

  private final Random chance = new Random(3);
  private final List<float[]> heard = new ArrayList<>();
  private final FrameSum sum = new FrameSum(SIZE);

  /** Frames in which density goes the way of ambitus, and rms against it; raw is a hundredfold. */
  private PairInput play(int frames) {
    for (int frame = 0; frame < frames; frame++) {
      float[] entries = new float[1 + 2 * SIZE];
      for (int i = 0; i < SIZE; i++) {
        entries[1 + i] = .5f + .02f * (float) chance.nextGaussian();
      }
      entries[2] = entries[1];
      entries[3] = 1 - entries[1];
      entries[4] = 1;
      for (int i = 0; i < SIZE; i++) {
        entries[1 + SIZE + i] = 100 * entries[1 + i];
      }
      entries[1 + SIZE + 3] = 300 + frame % 2;
      heard.add(entries);
      sum.add(entries, 1);
    }
    List<String> names = new ArrayList<>(Frame.FEATURE_NAMES);
    names.addAll(List.of("pose.1", "pose.2"));
    return sum.gesture("lse", names);
  }

  private double covariance(int i, int j) {
    double[] mean = new double[2];
    for (float[] each : heard) {
      mean[0] += each[1 + i] / (double) heard.size();
      mean[1] += each[1 + j] / (double) heard.size();
    }
    return heard.stream()
        .mapToDouble(each -> (each[1 + i] - mean[0]) * (each[1 + j] - mean[1]))
        .average()
        .orElseThrow();
  }

  @Test
  void isTheCovarianceOfWhatWasHeard() {
    Spread spread = play(500).spread();
    assertEquals(Spread.entries(SIZE), spread.covariance().length);
    for (int i = 0; i < Frame.FEATURES; i++) {
      for (int j = 0; j <= i; j++) {
        assertEquals(covariance(i, j), spread.covariance()[Spread.place(i, j)], 1e-7, i + ", " + j);
      }
    }
    assertEquals(covariance(11, 11), spread.covariance()[Spread.place(11)], 1e-7);
    assertEquals(100 * Math.sqrt(covariance(11, 11)), spread.rawDeviation()[11], 1e-3);
    assertEquals(0, spread.covariance()[Spread.place(3)], 1e-9, "clipped");
    assertEquals(.5f, spread.rawDeviation()[3], 1e-4);
  }

  @Test
  void ofOneFrameItIsNotKnown() {
    assertFalse(play(1).spread().isKnown());
  }

  @Test
  void anotherScalingMakesItAsWideAsTheRawValuesAre() {
    PairInput lse = play(500);
    // Twice as steep for ambitus, half for rms; what was clipped shows what it has; pose.1 unknown.
    Scale other =
        new Scale(
            "auto-1",
            List.of("ambitus", "rms", "centroid"),
            new double[] {0, 0, 0},
            new double[] {50, 200, 10},
            0,
            1);
    float[] before = lse.spread().covariance();
    float[] after = lse.scaled(other).spread().covariance();
    assertEquals(4 * before[Spread.place(0)], after[Spread.place(0)], 1e-6);
    assertEquals(2 * before[Spread.place(1, 0)], after[Spread.place(1, 0)], 1e-6);
    assertEquals(before[Spread.place(2, 0)], after[Spread.place(2, 0)], 1e-6);
    assertEquals(before[Spread.place(2)] / 4, after[Spread.place(2)], 1e-6);
    assertEquals(.05f * .05f, after[Spread.place(3)], 1e-5);
    assertEquals(before[Spread.place(10)], after[Spread.place(10)]);
    assertArrayEquals(after, lse.scaled(other).scaled(other).spread().covariance(), 1e-6f);
  }

  @Test
  void whatIsNotKnownStaysUnknown() {
    PairInput old = new PairInput(new float[10], new float[10], "lse", Frame.FEATURE_NAMES, 5);
    double[] high = Collections.nCopies(10, 1.0).stream().mapToDouble(each -> each).toArray();
    Scale other = new Scale("auto-1", Frame.FEATURE_NAMES, new double[10], high, 0, 1);
    assertFalse(old.scaled(other).spread().isKnown());
  }
}
