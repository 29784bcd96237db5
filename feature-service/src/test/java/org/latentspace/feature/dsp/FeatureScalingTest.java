package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Another scaling while features are extracted. */
class FeatureScalingTest {
  private static final int RATE = 44_100;
  private static final Scaling OTHER =
      Scaling.autoRange(
          "auto-1",
          new double[] {0, 0, 0.01, 200, 200, 0, 0, 500, -40, 10},
          new double[] {12, 9, 0.3, 3000, 3000, 9, 90, 9000, -10, 50});

  private final AtomicReference<Scaling> scaling = new AtomicReference<>(Scaling.LSE);
  private final List<double[]> vectors = new ArrayList<>();
  private final List<double[]> raws = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  @Test
  void isUsedFromTheNextFrameOnWithoutANewEar() {
    float[] sound = new float[30 * 512];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) (0.3 * Math.sin(i * 0.06) + 0.1 * Math.sin(i * 0.18));
    }
    FeatureExtractor extractor =
        new FeatureExtractor(FeatureSettings.standard(), RATE, scaling::get);
    extractor.process(sound, 0, 10 * 512, this::keep);
    scaling.set(OTHER);
    extractor.process(sound, 10 * 512, 20 * 512, this::keep);
    scaling.set(Scaling.LSE);
    extractor.process(sound, 20 * 512, 30 * 512, this::keep);
    for (int k = 0; k < 30; k++) {
      Scaling used = k < 10 || k >= 20 ? Scaling.LSE : OTHER;
      assertEquals(used.name(), names.get(k));
      for (int i = 0; i < Scaling.SIZE; i++) {
        assertEquals(used.scale(i, raws.get(k)[i]), vectors.get(k)[i], "entry " + i);
      }
    }
  }

  @Test
  void aScalingThatIsNotChangedLeavesTheEarBitForBitAsItWas() {
    float[] sound = FeatureExtractorTest.phrase(RATE);
    new FeatureExtractor(FeatureSettings.standard(), RATE)
        .process(sound, 0, sound.length, this::keep);
    List<double[]> plain = List.copyOf(vectors);
    vectors.clear();
    new FeatureExtractor(FeatureSettings.standard(), RATE, scaling::get)
        .process(sound, 0, sound.length, this::keep);
    for (int k = 0; k < plain.size(); k++) {
      assertArrayEquals(plain.get(k), vectors.get(k));
    }
  }

  @Test
  void whatStandsStillInSilenceIsShownOnTheNewScale() {
    float[] sound = Arrays.copyOf(FeatureExtractorTest.phrase(RATE), 80 * 512);
    Arrays.fill(sound, 10 * 512, sound.length, 0);
    FeatureExtractor extractor =
        new FeatureExtractor(FeatureSettings.standard(), RATE, scaling::get);
    extractor.process(sound, 0, 60 * 512, this::keep);
    double[] before = vectors.get(59);
    scaling.set(OTHER);
    extractor.process(sound, 60 * 512, 80 * 512, this::keep);
    double[] after = vectors.get(60);
    int compared = 0;
    for (int i = FrameFeatures.CENTROID; i < Scaling.SIZE; i++) {
      double span = Scaling.LSE.high(i) - Scaling.LSE.low(i);
      double raw = Scaling.LSE.low(i) + before[i] * span;
      if (before[i] > 0 && before[i] < 1) {
        assertEquals(OTHER.scale(i, raw), after[i], 1e-9, "entry " + i);
        compared++;
      }
    }
    assertTrue(compared >= 4, compared + " entries not clipped");
    assertArrayEquals(after, vectors.get(79));
  }

  @Test
  void beforeTheFirstSoundTheSpectrumStaysAtZero() {
    FeatureExtractor extractor =
        new FeatureExtractor(FeatureSettings.standard(), RATE, scaling::get);
    extractor.process(new float[5120], 0, 5120, this::keep);
    scaling.set(OTHER);
    extractor.process(new float[5120], 0, 5120, this::keep);
    double[] last = vectors.get(vectors.size() - 1);
    assertTrue(
        Arrays.stream(last, FrameFeatures.CENTROID, Scaling.SIZE).allMatch(entry -> entry == 0));
  }

  @Test
  void smoothingBeginsAnewOnTheNewScale() {
    float[] sound = FeatureExtractorTest.phrase(RATE);
    FeatureSettings smooth =
        FeatureSettings.standard().with(new FeatureSettings.Smoothing(500, 500, 500));
    FeatureExtractor extractor = new FeatureExtractor(smooth, RATE, scaling::get);
    extractor.process(sound, 0, 10 * 512, this::keep);
    scaling.set(OTHER);
    extractor.process(sound, 10 * 512, 11 * 512, this::keep);
    for (int i = 0; i < Scaling.SIZE; i++) {
      assertEquals(OTHER.scale(i, raws.get(10)[i]), vectors.get(10)[i], "entry " + i);
    }
  }

  private void keep(FrameFeatures heard) {
    vectors.add(heard.vector.clone());
    raws.add(heard.raw.clone());
    names.add(heard.scaling());
  }
}
