package org.latentspace.feature.range;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.dsp.Scaling;
import org.latentspace.performer.LimitExceeded;

class RangesTest {
  private static final String ADA = Stage.ADA;
  private static final int SECOND = (int) Math.round(1 / Stage.FRAME_SECONDS);

  private final Stage stage = new Stage();
  private final Ranges ranges = stage.ranges;
  private final List<String> widened = new ArrayList<>();

  @Test
  void theFifthAndNinetyFifthPercentileOfWhatIsNotSilentBecomeATenthAndNineTenths() {
    ranges.begin(ADA, 0);
    Random random = new Random(1);
    List<Double> rms = new ArrayList<>();
    List<Float> pose = new ArrayList<>();
    for (int i = 0; i < 6 * SECOND; i++) {
      boolean rest = i % (3 * SECOND) > 2 * SECOND;
      float value = 100 + 10 * (float) random.nextGaussian();
      stage.senses.feel(ADA, "pose", new float[] {value}, stage.nowNanos());
      Stage.Frame frame = stage.hear(rest ? 0 : 0.05 + 0.3 * random.nextDouble());
      if (!frame.silent()) {
        rms.add(frame.rms());
        pose.add(value);
      }
    }
    assertEquals(rms.size() * Stage.FRAME_SECONDS, ranges.rehearsed(ADA), 1e-9);
    Range range = ranges.close(ADA).range("auto-1", widened);
    assertEquals(percentile(rms, 0.05), range.scaling().low(2), 1e-6);
    assertEquals(percentile(rms, 0.95), range.scaling().high(2), 1e-6);
    List<Double> poses = pose.stream().map(v -> (double) v).toList();
    assertEquals(List.of("pose"), range.senses());
    assertEquals(percentile(poses, 0.05), range.low()[0], 1e-4);
    assertEquals(percentile(poses, 0.95), range.high()[0], 1e-4);
    assertEquals(0.1, range.scaling().scale(2, percentile(rms, 0.05)), 1e-5);
    assertEquals(0.9, range.scaling().scale(2, percentile(rms, 0.95)), 1e-5);
  }

  private static double percentile(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    double at = part * (sorted.size() - 1);
    int below = (int) at;
    double above = sorted.get(Math.min(below + 1, sorted.size() - 1));
    return sorted.get(below) + (at - below) * (above - sorted.get(below));
  }

  @Test
  void whatDidNotMoveGetsARangeAroundItsValueAndIsNamed() {
    ranges.begin(ADA, 0);
    for (int i = 0; i < 3 * SECOND; i++) {
      stage.senses.feel(ADA, "still", new float[] {40}, stage.nowNanos());
      stage.senses.feel(ADA, "zero", new float[] {0}, stage.nowNanos());
      stage.senses.feel(ADA, "tiny", new float[] {i * 1e-9f}, stage.nowNanos());
      stage.hear(0.3);
    }
    Range range = ranges.close(ADA).range("auto-1", widened);
    assertTrue(widened.contains("ambitus"), widened.toString());
    assertTrue(widened.containsAll(List.of("still", "zero")), widened.toString());
    assertTrue(!widened.contains("tiny"), widened.toString());
    assertEquals(0.5, range.scaling().scale(40, range.low()[0], range.high()[0]), 1e-6);
    assertEquals(0.5, range.scaling().scale(0, range.low()[1], range.high()[1]), 1e-6);
    assertEquals(38, range.low()[0], 1e-6);
    assertEquals(0.5, range.scaling().scale(0, 0), 1e-6);
  }

  @Test
  void aStaleSenseDoesNotCountAndOneOfLessThanTwoSecondsIsLeftOut() {
    ranges.begin(ADA, 0);
    stage.senses.feel(ADA, "brief", new float[] {1}, stage.nowNanos());
    stage.hear(3 * SECOND, 0.3, frame -> {});
    assertEquals(List.of(), ranges.close(ADA).range("auto-1", widened).senses());
  }

  @Test
  void tooShortARehearsalGoesOnAndNoneIsRefused() {
    assertThrows(IllegalStateException.class, () -> ranges.close(ADA));
    ranges.begin(ADA, 0);
    stage.hear(SECOND, 0.3, frame -> {});
    stage.hear(4 * SECOND, 0, frame -> {});
    Exception shortly = assertThrows(IllegalStateException.class, () -> ranges.close(ADA));
    assertTrue(shortly.getMessage().contains("goes on"), shortly.getMessage());
    stage.hear(2 * SECOND, 0.3, frame -> {});
    RangeCalibration take = ranges.close(ADA);
    assertThrows(IllegalStateException.class, () -> ranges.close(ADA));
    ranges.reopen(ADA, take, 0);
    assertSame(take, ranges.close(ADA));
  }

  @Test
  void asManyRehearseAsThereAreAllowedAndNoMore() {
    ranges.begin("nobody", 0);
    ranges.begin(ADA, 0);
    assertThrows(
        IllegalStateException.class, () -> ranges.close("nobody"), "who was not heard made room");
    stage.hear(SECOND, 0.3, frame -> {});
    assertThrows(LimitExceeded.class, () -> ranges.begin("bob", 0));
    ranges.begin(ADA, 0);
    assertEquals(0, ranges.rehearsed(ADA), "begun anew");
    stage.hear(SECOND, 0.3, frame -> {});
    assertThrows(LimitExceeded.class, () -> ranges.begin("bob", stage.nowNanos()));
    ranges.begin("bob", stage.nowNanos() + 10_000_000_000L);
    assertThrows(IllegalStateException.class, () -> ranges.close(ADA), "who left made room");
  }

  @Test
  void namesCountUpAndAreNeverUsedTwice() {
    Ranges.Profiles book = new Ranges.Profiles(List.of(), "lse");
    for (int i = 1; i <= 150; i++) {
      ranges.follow(ADA, book);
      book = ranges.plus(ADA, name -> Range.of(Scaling.LSE.named(name)));
      assertEquals("auto-" + i, book.used());
      if (i == 1) {
        book = book.using("auto-1");
      }
      assertTrue(book.ranges().size() <= Ranges.Profiles.MOST);
    }
    ranges.follow(ADA, book);
    assertEquals("auto-150", ranges.used(ADA).name());
    assertEquals("auto-51", ranges.all(ADA).get(1).name());
  }

  @Test
  void theOldestGivesWayButNotTheOneInUse() {
    List<Range> full = new ArrayList<>();
    for (int i = 1; i <= Ranges.Profiles.MOST; i++) {
      full.add(Range.of(Scaling.LSE.named("auto-" + i)));
    }
    ranges.follow(ADA, new Ranges.Profiles(full, "auto-1"));
    Ranges.Profiles more = ranges.plus(ADA, name -> Range.of(Scaling.LSE.named(name)));
    assertEquals("auto-1", more.ranges().get(0).name());
    assertEquals("auto-3", more.ranges().get(1).name());
    assertEquals("auto-101", more.used());
  }

  @Test
  void onlyARangeThatIsThereCanBeUsed() {
    ranges.follow(ADA, ranges.plus(ADA, name -> Range.of(Scaling.LSE.named(name))));
    assertEquals("auto-1", ranges.used(ADA).name());
    ranges.follow(ADA, ranges.using(ADA, "lse"));
    assertEquals("lse", ranges.used(ADA).name());
    assertThrows(NoSuchElementException.class, () -> ranges.using(ADA, "auto-2"));
    assertEquals("lse", ranges.used("bob").name(), "of nobody else");
  }

  @Test
  void aBookWhoseRangeIsGoneFallsBackToTheFirst() {
    ranges.follow(ADA, new Ranges.Profiles(List.of(), "auto-7"));
    assertEquals("lse", ranges.used(ADA).name());
    assertEquals("lse", ranges.book(ADA).used());
  }
}
