package org.latentspace.feature.range;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReservoirSampleTest {
  @Test
  void ofFewValuesThePercentilesAreExact() {
    RangeCalibration.ReservoirSample values = new RangeCalibration.ReservoirSample(1);
    for (int i = 100; i >= 0; i--) {
      values.take(i);
    }
    assertArrayEquals(new double[] {5, 50, 95}, values.quantiles(0.05, 0.5, 0.95), 1e-9);
    RangeCalibration.ReservoirSample two = new RangeCalibration.ReservoirSample(1);
    two.take(1);
    two.take(2);
    assertArrayEquals(new double[] {1.05, 1.95}, two.quantiles(0.05, 0.95), 1e-9);
    RangeCalibration.ReservoirSample one = new RangeCalibration.ReservoirSample(1);
    one.take(7);
    assertArrayEquals(new double[] {7, 7}, one.quantiles(0.05, 0.95));
  }

  @Test
  void ofHalfAnHourTheyAreNearAndEveryPartOfItCounts() {
    int frames = 155_000;
    RangeCalibration.ReservoirSample rising = new RangeCalibration.ReservoirSample(1);
    RangeCalibration.ReservoirSample scattered = new RangeCalibration.ReservoirSample(2);
    Random random = new Random(3);
    for (int i = 0; i < frames; i++) {
      rising.take((float) i / frames);
      scattered.take(random.nextFloat());
    }
    for (RangeCalibration.ReservoirSample values :
        new RangeCalibration.ReservoirSample[] {rising, scattered}) {
      assertArrayEquals(new double[] {0.05, 0.5, 0.95}, values.quantiles(0.05, 0.5, 0.95), 0.015);
      assertEquals(frames, values.count());
    }
  }

  @Test
  void theSameValuesGiveTheSamePercentiles() {
    double[][] found = new double[2][];
    for (int run = 0; run < 2; run++) {
      Random random = new Random(4);
      RangeCalibration.ReservoirSample values = new RangeCalibration.ReservoirSample(5);
      for (int i = 0; i < 50_000; i++) {
        values.take((float) random.nextGaussian());
      }
      found[run] = values.quantiles(0.05, 0.95);
    }
    assertArrayEquals(found[0], found[1]);
  }
}
