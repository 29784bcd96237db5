package org.latentspace.feature.range;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.feature.dsp.Block;
import org.latentspace.feature.dsp.FeatureExtractor;
import org.latentspace.feature.dsp.FeatureSettings;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.dsp.Scaling;

class SenseMergerTest {
  private static final float[] NONE = {};

  private final Stage stage = new Stage();

  @Test
  void sensesFollowTheTenInTheOrderInWhichTheyCame() {
    stage.hear(0.3);
    feel("pose", 0.25f, 2);
    feel("eeg", 0);
    Stage.Frame frame = stage.hear(0.3);
    assertEquals(List.of("pose", "eeg"), frame.senses());
    assertArrayEquals(new float[] {0.25f, 2, 0}, frame.raw());
    assertArrayEquals(new float[] {0.25f, 1, 0.5f}, frame.vector(), 1e-6f);
    assertEquals(List.of("pose.1", "pose.2", "eeg"), frame.news().senses());
    stage.senses.forget(Stage.ADA, "pose");
    Stage.Frame after = stage.hear(0.3);
    assertEquals(List.of("eeg"), after.senses());
    assertArrayEquals(new float[] {0.5f}, after.vector(), 1e-6f);
  }

  @Test
  void aSilentSenseIsHeldAndFlaggedAfter500MsAndFreshAgainWhenItComes() {
    feel("pose", 0.25f);
    List<Boolean> stale = new ArrayList<>();
    stage.hear(60, 0.3, frame -> stale.add(frame.stale().get(0)));
    // A frame lasts 11.6 ms, and the first is heard with its time.
    int first = stale.indexOf(true);
    assertEquals(500, first * Stage.FRAME_SECONDS * 1000, 2 * Stage.FRAME_SECONDS * 1000);
    assertArrayEquals(new float[] {0.25f}, stage.hear(0.3).vector());
    feel("pose", 0.75f);
    Stage.Frame fresh = stage.hear(0.3);
    assertEquals(List.of(false), fresh.stale());
    assertArrayEquals(new float[] {0.75f}, fresh.vector());
    assertNull(fresh.news(), "stale or not, the scaling is the same");
  }

  @Test
  void aLosslessSoundHasNoSenses() {
    stage.lossless();
    feel("pose", 0.25f);
    Stage.Frame frame = stage.hear(0.3);
    assertEquals(List.of(), frame.senses());
    assertArrayEquals(NONE, frame.vector());
  }

  @Test
  void theScalingIsToldAtFirstAfterEveryChangeAndOnceASecond() {
    List<Integer> told = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      if (i == 30) {
        feel("pose", 1);
      } else if (i == 40) {
        stage.ranges.follow(Stage.ADA, new Ranges.Profiles(List.of(auto()), "auto-1"));
      } else if (i == 50) {
        stage.ranges.follow(Stage.ADA, new Ranges.Profiles(List.of(auto()), "lse"));
      }
      Stage.Frame frame = stage.hear(0.3);
      if (frame.news() != null) {
        told.add(i);
        assertEquals(frame.scaling(), frame.news().name());
      }
    }
    assertEquals(List.of(0, 30, 40, 50, 137, 224), told);
  }

  @Test
  void entriesThatARangeDoesNotKnowKeepTheirOwnLowAndHigh() {
    feel("pose", 0.25f, 0.75f);
    feel("eeg", -5);
    stage.ranges.follow(Stage.ADA, new Ranges.Profiles(List.of(auto()), "auto-1"));
    Stage.Frame frame = stage.hear(0.3);
    assertEquals("auto-1", frame.scaling());
    // pose.2 is in the range: 0.5..1 become 0.1..0.9.
    assertArrayEquals(new float[] {0.25f, 0.5f, 0}, frame.vector(), 1e-6f);
    Range news = frame.news();
    for (int i = 0; i < 3; i++) {
      double part = (frame.raw()[i] - news.low()[i]) / (news.high()[i] - news.low()[i]);
      assertEquals(0.1 + 0.8 * part, frame.vector()[i], 1e-6, "as the contract says");
    }
  }

  @Test
  void aFrameAllocatesNothingForItsSenses() {
    feel("pose", 0.25f, 0.75f);
    SenseMerger merger = new SenseMerger(Stage.ADA, stage.senses, stage.ranges);
    Block block = stage.block(0.3);
    FeatureExtractor extractor =
        new FeatureExtractor(FeatureSettings.standard(), Stage.RATE, merger::scaling);
    long[] frames = new long[1];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = 0;
    for (int i = 0; i < 4000; i++) {
      if (i == 3000) {
        frames[0] = 0;
        threads.getThreadAllocatedBytes(thread);
        before = threads.getThreadAllocatedBytes(thread);
      }
      extractor.process(
          block.samples(),
          0,
          Stage.HOP,
          heard -> {
            frames[0]++;
            merger.join(block, heard, stage.nowNanos());
          });
    }
    long perFrame = (threads.getThreadAllocatedBytes(thread) - before) / frames[0];
    assertEquals(1000, frames[0]);
    // The lambda above is made anew for each of the thousand blocks.
    assertTrue(perFrame <= 64, perFrame + " bytes a frame");
  }

  private static Range auto() {
    double[] low = new double[Scaling.SIZE];
    double[] high = new double[Scaling.SIZE];
    java.util.Arrays.fill(high, 1);
    return new Range(
        Scaling.autoRange("auto-1", low, high),
        List.of("pose.2", "elsewhere"),
        new double[] {0.5, 0},
        new double[] {1, 2});
  }

  private void feel(String sense, float... values) {
    assertNull(stage.senses.feel(Stage.ADA, sense, values, stage.nowNanos()));
    assertNotNull(stage.senses.of(Stage.ADA));
  }
}
