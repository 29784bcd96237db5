package org.latentspace.explorer.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.explorer.Frames;
import org.latentspace.explorer.feature.Frame.Sense;
import org.latentspace.performer.Origin;

class RecentFramesTest {
  private static final float EXACT = 1e-6f;

  private final RecentFrames recent = new RecentFrames();

  private void hear(double milliseconds, float level) {
    hear(milliseconds, level, "lse", 10);
  }

  private void hear(double milliseconds, float level, String scaling, int entries) {
    hear(milliseconds, level, scaling, entries, false);
  }

  private void hear(double milliseconds, float level, String scaling, int entries, boolean silent) {
    float[] vector = new float[entries];
    Arrays.fill(vector, level);
    float[] raw = Arrays.copyOf(vector, Math.max(10, entries));
    System.arraycopy(new float[] {level, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0, raw, 0, 10);
    Frame frame =
        Frames.frame(new Origin("p", 1, 0, Math.round(milliseconds * 1e6), false, false), vector);
    recent.hear(
        new Frame(
            frame.origin(),
            frame.number(),
            0,
            vector,
            raw,
            0,
            0,
            false,
            silent,
            -20,
            scaling,
            entries <= 10 ? List.of() : List.of(new Sense("pose", entries - 10, false)),
            null));
  }

  @Test
  void framesInSilenceCountOnlyWhereThereAreNoOthers() {
    hear(100, .2f, "lse", 10, true);
    hear(200, .8f, "lse", 10, false);
    hear(300, .1f, "lse", 10, true);
    hear(400, .3f, "lse", 10, true);
    assertEquals(.3f, recent.mean(0).vector()[3], EXACT);
    assertEquals(.2f, recent.mean(150).vector()[3], EXACT);
    assertEquals(2, recent.mean(150).frames());
    assertEquals(.8f, recent.mean(10_000).vector()[3], EXACT);
    assertEquals(1, recent.mean(10_000).frames());
  }

  @Test
  void thereIsNoMeanBeforeTheFirstFrameWithFeatures() {
    assertNull(recent.mean(0));
    hear(5, 0, "lse", 0);
    assertNull(recent.mean(10_000));
  }

  @ParameterizedTest
  @CsvSource({"0, 1.0", "10, 1.0", "11, 0.95", "30, 0.9", "10000, 0.55"})
  void theMeanIsOfTheFramesOfTheLastWhile(int milliseconds, float mean) {
    for (int i = 1; i <= 10; i++) {
      hear(10 * i, i / 10f);
    }
    PairInput gesture = recent.mean(milliseconds);
    assertEquals(mean, gesture.vector()[3], EXACT);
    assertEquals(mean, gesture.raw()[0], EXACT, "ambitus in semitones");
    assertEquals(10, gesture.raw()[9], EXACT, "crest in dB");
    assertEquals("lse", gesture.scaling());
  }

  @Test
  void tenSecondsAreRememberedAndNoMoreWhateverTheFrameRate() {
    for (int i = 0; i < 100_000; i++) {
      hear(i * 0.5, i < 60_000 ? 0 : 1);
    }
    assertEquals(1, recent.mean(10_000).vector()[0], EXACT, "the last ten of fifty seconds");
    for (int i = 0; i < 20_000; i++) {
      hear(50_000 + i * 0.5, 0);
      assertEquals(0, recent.mean(0).vector()[0], "the newest is always there");
    }
    assertEquals(0, recent.mean(9_990).vector()[0], EXACT);
  }

  @Test
  void anotherScalingAnotherSizeAndANewSoundBeginAnew() {
    hear(10, 1);
    hear(20, 0.5f, "mine", 10);
    assertEquals(0.5f, recent.mean(10_000).vector()[0], EXACT);
    hear(30, 0.25f, "mine", 12);
    PairInput gesture = recent.mean(10_000);
    assertEquals(12, gesture.vector().length);
    assertArrayEquals(new float[] {0.25f, 0.25f}, Arrays.copyOfRange(gesture.raw(), 10, 12));
    assertEquals(List.of("crest", "pose.1", "pose.2"), gesture.senses().subList(9, 12));
    hear(5, 0.75f, "mine", 12);
    assertEquals(0.75f, recent.mean(10_000).vector()[0], EXACT);
  }
}
