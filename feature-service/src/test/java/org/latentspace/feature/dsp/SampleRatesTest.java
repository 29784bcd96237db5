package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sound that reaches far beyond hearing gives the same features at every usual rate. */
class SampleRatesTest {
  private static final int PARTIALS = 800;
  private static final double HIGHEST_HZ = 30_000;

  @ParameterizedTest
  @ValueSource(ints = {48_000, 88_200, 96_000, 192_000})
  void breathIsHeardTheSameWithinTwoPercent(int rate) {
    double[] expected = listen(44_100);
    double[] heard = listen(rate);
    for (int i = FrameFeatures.RMS; i < Scaling.SIZE; i++) {
      assertEquals(expected[i], heard[i], 0.02 * expected[i], "entry " + i);
    }
  }

  /** The mean of the vectors of half a second. */
  private static double[] listen(int rate) {
    float[] sound = breath(rate);
    List<double[]> frames = new ArrayList<>();
    new FeatureExtractor(FeatureSettings.standard(), rate)
        .finish(sound, 0, sound.length, heard -> frames.add(heard.vector.clone()));
    double[] mean = new double[Scaling.SIZE];
    for (double[] frame : frames.subList(10, 53)) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += frame[i] / 43;
      }
    }
    return mean;
  }

  /** 0.8 s of dense partials; of each rate those that it can hold. */
  private static float[] breath(int rate) {
    Random random = new Random(9);
    float[] sound = new float[rate * 4 / 5];
    for (int k = 0; k < PARTIALS; k++) {
      double step = 2 * Math.PI * (50 + random.nextDouble() * HIGHEST_HZ) / rate;
      double phase = 2 * Math.PI * random.nextDouble();
      if (step >= Math.PI) {
        continue;
      }
      double before = Math.sin(phase - step);
      double now = Math.sin(phase);
      double turn = 2 * Math.cos(step);
      for (int i = 0; i < sound.length; i++) {
        sound[i] += (float) (0.004 * now);
        double next = turn * now - before;
        before = now;
        now = next;
      }
    }
    return sound;
  }
}
