package org.latentspace.vae.playing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Origin;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.latent.Noise.NoiseSettings;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.RandomModel;

class PointBatchTest {
  private static final NoiseSettings CHANCE = new NoiseSettings(1, 500);
  private static final RandomModel.Size SIZE =
      new RandomModel.Size(new Grid(1, 4, 4, 4), List.of("kick", "snare", "hat"), 2, 16);

  private final ActiveModel activeModel = new ActiveModel();
  private final PointBatch batch = new PointBatch();
  private final List<DecodedRhythm> played = new ArrayList<>();

  @Test
  void playsInOrderWhatEachWouldHavePlayedAlone() throws ModelFault {
    activeModel.put("random", RandomModel.of(SIZE, "random", 1));
    List<Performer> together = performers();
    List<Performer> alone = performers();
    for (int frame = 1; frame <= 5; frame++) {
      for (int i = 0; i < together.size(); i++) {
        assertTrue(batch.hasRoom(together.get(i), activeModel.playing()));
        batch.add(together.get(i), point(i, frame), activeModel.playing(), 100 + i);
      }
      played.clear();
      List<Long> arrived = new ArrayList<>();
      batch.play(
          (rhythm, nanos) -> {
            played.add(rhythm);
            arrived.add(nanos);
          },
          PointBatchTest::mustNotFail);
      assertEquals(List.of(100L, 101L, 102L), arrived);
      for (int i = 0; i < alone.size(); i++) {
        DecodedRhythm expected = Alone.play(alone.get(i), point(i, frame), activeModel.playing());
        DecodedRhythm found = played.get(i);
        assertEquals(expected.origin(), found.origin());
        assertEquals(expected.decoded(), found.decoded());
        assertArrayEquals(expected.position(), found.position());
        assertEquals(expected.rhythm().strokes(), found.rhythm().strokes());
      }
    }
    played.clear();
    batch.play((rhythm, arrived) -> played.add(rhythm), PointBatchTest::mustNotFail);
    assertEquals(List.of(), played, "nothing is played twice");
  }

  @Test
  void aPerformersSecondPointAndAnotherModelWaitForTheNext() throws ModelFault {
    activeModel.put("random", RandomModel.of(SIZE, "random", 1));
    Performer anna = new Performer("anna", CHANCE);
    Performer ben = new Performer("ben", CHANCE);
    ActiveModel.Playing before = activeModel.playing();
    batch.add(anna, point(0, 1), before, 0);
    assertFalse(batch.hasRoom(anna, before));
    assertTrue(batch.hasRoom(ben, before));
    activeModel.put("other", RandomModel.of(SIZE, "other", 2));
    assertFalse(batch.hasRoom(ben, activeModel.playing()));
    batch.play((rhythm, arrived) -> played.add(rhythm), PointBatchTest::mustNotFail);
    assertEquals("random", played.get(0).rhythm().modelVersion());
    batch.add(anna, point(0, 2), activeModel.playing(), 0);
    batch.play((rhythm, arrived) -> played.add(rhythm), PointBatchTest::mustNotFail);
    assertEquals("other", played.get(1).rhythm().modelVersion());
  }

  @Test
  void aPointThatFindsAFaultEndsNoneOfTheOthers() throws ModelFault {
    activeModel.put("random", RandomModel.of(SIZE, "random", 1));
    List<Performer> three = performers();
    for (int i = 0; i < 3; i++) {
      batch.add(three.get(i), point(i, 1), activeModel.playing(), 0);
    }
    List<String> failed = new ArrayList<>();
    batch.play(
        (rhythm, arrived) -> {
          if (rhythm.origin().performer().equals("p1")) {
            throw new IllegalStateException("a fault");
          }
          played.add(rhythm);
        },
        (origin, fault) -> failed.add(origin.performer() + ": " + fault.getMessage()));
    assertEquals(List.of("p1: a fault"), failed);
    assertEquals(2, played.size());
    assertTrue(batch.hasRoom(three.get(1), activeModel.playing()), "none of them waits still");
  }

  @Test
  void isFullAfterSixteen() throws ModelFault {
    activeModel.put("random", RandomModel.of(SIZE, "random", 1));
    for (int i = 0; i < PointBatch.MOST; i++) {
      batch.add(new Performer("p" + i, CHANCE), point(i, 1), activeModel.playing(), 0);
    }
    assertFalse(batch.hasRoom(new Performer("late", CHANCE), activeModel.playing()));
    batch.play((rhythm, arrived) -> played.add(rhythm), PointBatchTest::mustNotFail);
    assertEquals(PointBatch.MOST, played.size());
  }

  private static void mustNotFail(Origin origin, Exception fault) {
    throw new AssertionError(origin.performer(), fault);
  }

  private static List<Performer> performers() {
    return List.of(
        new Performer("anna", CHANCE), new Performer("ben", CHANCE), new Performer("cid", CHANCE));
  }

  /** One stands still, the others move; noise on all of them. */
  private static LatentPoint point(int performer, int frame) {
    float x = performer == 0 ? 0.3f : (frame * 0.17f + performer * 0.4f) % 1;
    Origin origin = new Origin("p" + performer, frame, 0, frame * 11_609_977L, true, false);
    return new LatentPoint(
        origin, new float[] {x, 1 - x}, performer == 2 ? 0.2f : 0, 30 * performer);
  }
}
