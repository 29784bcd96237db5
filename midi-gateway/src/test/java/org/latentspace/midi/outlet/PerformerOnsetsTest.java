package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.played.HeardStrokes;
import org.latentspace.midi.played.LookBack;
import org.latentspace.midi.played.LookBack.Source;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.time.SongPosition;
import org.latentspace.performer.Onset;
import org.latentspace.performer.Origin;

/** Messages tell of onsets, some of them twice, some of them not at all. */
class PerformerOnsetsTest {
  // At 120 quarter notes a minute.
  private static final long BAR = 2_000_000_000L;
  private static final long UNIX = 1_800_000_000_000_000_000L;

  private final LookBack lookBack = new LookBack();
  private final LoopRecorder recorder =
      new LoopRecorder(
          new RecordedRhythms(
              () -> {
                throw new IllegalStateException("nothing is recorded here");
              },
              new Random(1)),
          lookBack,
          Set.of());
  private final SongPosition song = new SongPosition(0, 0, 120, true, 0, new Grid(1, 4, 4, 4, 1));
  private final PerformerOnsets onsets =
      new PerformerOnsets(
          recorder, "snare", performer -> "wood", ensemble -> () -> song, unix -> unix - UNIX);

  private void hear(long count, double bars, double velocity, boolean lossless) {
    Onset onset = new Onset(count, UNIX + Math.round(bars * BAR), (float) velocity);
    onsets.hear(new Origin("ann", 1, 0, 0, lossless, false, onset));
  }

  @Test
  void eachOnsetIsAStrokeOnceAtTheTimeOfItsSound() {
    hear(0, 0, 0, false);
    hear(7, 0.1, 1, false);
    hear(7, 0.1, 1, false);
    hear(8, 0.25, 0.5, false);
    hear(8, 0.25, 0.5, false);
    hear(9, 0.5, 0.75, true);
    hear(11, 0.75 + 0.25 / 48, 1, false);
    hear(3, 0.8, 1, false);
    hear(4, 2, 1, false);
    assertEquals(2, onsets.missed(), "of 9, live, and of 10 no message has come");
    Source source = new Source("onsets", "wood", "ann");
    HeardStrokes strokes = recorder.hear(source, () -> song);
    assertEquals(3, strokes.strokes(), "who begins anew begins with what is heard next");
    strokes.drain(4 * BAR);
    var bar = lookBack.last(source, 2).bars().get(0).rhythm();
    assertEquals(2, bar.strokes().count());
    assertEquals("snare", bar.voices().get(0));
    assertEquals(12, bar.strokes().step()[0]);
    assertEquals(36, bar.strokes().step()[1]);
    assertEquals(0.5, bar.strokes().offset()[1], 1e-3);
    assertEquals(0.5, bar.strokes().velocity()[0], 1e-3);
  }
}
