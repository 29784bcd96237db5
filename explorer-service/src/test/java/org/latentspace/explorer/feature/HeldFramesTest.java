package org.latentspace.explorer.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.feature.Frame.Sense;
import org.latentspace.performer.Origin;

class HeldFramesTest {
  private static final float EXACT = 1e-6f;

  private final HeldFrames held = new HeldFrames();

  private void hear(double milliseconds, float level, boolean silent) {
    held.hear(frame(milliseconds, level, silent, "lse", List.of()));
  }

  private static Frame frame(
      double milliseconds, float level, boolean silent, String scaling, List<Sense> senses) {
    float[] vector = new float[10 + senses.size()];
    Arrays.fill(vector, level);
    float[] raw = {10 * level, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    return new Frame(
        new Origin("p", 1, 0, Math.round(milliseconds * 1e6), false, false),
        1,
        0,
        vector,
        Arrays.copyOf(raw, vector.length),
        0,
        0,
        false,
        silent,
        -20,
        scaling,
        senses,
        null);
  }

  @Test
  void theMeanIsOfAllFramesSinceTheBeginningHoweverLongAgo() {
    assertNull(held.mean());
    for (int i = 1; i <= 4000; i++) {
      hear(12 * i, i / 4000f, false);
    }
    PairInput gesture = held.mean();
    assertEquals(4000, gesture.frames());
    assertEquals(4001 / 8000f, gesture.vector()[3], EXACT);
    assertEquals(4001 / 800f, gesture.raw()[0], 1e-4f);
  }

  @Test
  void whatIsPlayedAfterAMinuteOfSoundIsNotTaken() {
    hear(1000, .5f, false);
    hear(61_000, .7f, false);
    hear(61_001, 1, false);
    assertEquals(.6f, held.mean().vector()[0], EXACT);
  }

  @Test
  void framesInSilenceCountOnlyWhereThereAreNoOthers() {
    hear(10, .2f, true);
    hear(20, .4f, true);
    assertEquals(.3f, held.mean().vector()[0], EXACT);
    assertEquals(2, held.mean().frames());
    hear(30, .8f, false);
    hear(40, .1f, true);
    assertEquals(.8f, held.mean().vector()[0], EXACT);
    assertEquals(1, held.mean().frames());
  }

  @Test
  void anotherScalingOtherSensesOrAnotherSoundBeginItAnew() {
    hear(10, .2f, false);
    held.hear(frame(20, .4f, false, "auto-1", List.of()));
    assertEquals(1, held.mean().frames());
    assertEquals("auto-1", held.mean().scaling());
    List<Sense> senses = List.of(new Sense("pose", 1, false));
    held.hear(frame(30, .5f, false, "auto-1", senses));
    held.hear(frame(40, .7f, false, "auto-1", List.of(new Sense("pose", 1, true))));
    assertEquals(2, held.mean().frames(), "a stale sense is the same sense");
    assertEquals("pose", held.mean().senses().get(10));
    held.hear(frame(5, .9f, false, "auto-1", senses));
    assertEquals(.9f, held.mean().vector()[0], EXACT);
  }
}
