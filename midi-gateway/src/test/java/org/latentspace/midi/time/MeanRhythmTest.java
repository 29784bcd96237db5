package org.latentspace.midi.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;
import static org.latentspace.midi.rhythm.Rhythms.origin;
import static org.latentspace.midi.rhythm.Rhythms.rhythm;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Rhythm;
import org.latentspace.midi.rhythm.Rhythms.Hit;

class MeanRhythmTest {
  private static Rhythm of(long sequence, Hit... hits) {
    return rhythm(origin(sequence), FOUR_FOUR, List.of(hits));
  }

  @Test
  void ofEquallyLoudOnesEachCellBearsTheMean() {
    Rhythm one = of(1, new Hit(0, 0, 0.8f, 0.5f), new Hit(12, 1, 0.8f, 0));
    Rhythm other = of(2, new Hit(0, 0, 0.8f, -0.5f), new Hit(24, 2, 0.8f, 1));
    Rhythm mean = MeanRhythm.of(other, List.of(one, other));
    assertArrayEquals(new int[] {0, 12, 24}, mean.strokes().step());
    assertArrayEquals(new int[] {0, 1, 2}, mean.strokes().voice());
    assertArrayEquals(new float[] {0.8f, 0.4f, 0.4f}, mean.strokes().velocity(), 1e-6f);
    assertArrayEquals(new float[] {0, 0, 1}, mean.strokes().offset(), 1e-6f);
    assertEquals(2, mean.origin().sequence());
  }

  @Test
  void theLouderOneWeighsMoreAndTheSoftestStrokesAreLeftOut() {
    Rhythm loud = of(1, new Hit(0, 0, 1, 0));
    Rhythm soft = of(2, new Hit(1, 0, 0.1f, 0));
    Rhythm mean = MeanRhythm.of(soft, List.of(loud, soft));
    assertArrayEquals(new int[] {0}, mean.strokes().step());
    assertEquals(1 / 1.1, mean.strokes().velocity()[0], 1e-6);
  }

  @Test
  void onesThatCannotBeComparedDoNotCount() {
    Rhythm newest = of(1, new Hit(0, 0, 1, 0));
    Rhythm coarse = rhythm(origin(2), new Grid(1, 3, 4, 4, 1), List.of(new Hit(1, 0, 1, 0)));
    assertSame(newest, MeanRhythm.of(newest, List.of(newest, coarse)));
    Rhythm silent = of(3);
    assertArrayEquals(
        new float[] {1},
        MeanRhythm.of(silent, List.of(newest, silent)).strokes().velocity(),
        "silence has no weight");
  }
}
