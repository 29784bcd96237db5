package org.latentspace.vae.playing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Origin;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.latent.Noise.NoiseSettings;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.OneNote;
import org.latentspace.vae.model.RandomModel;
import org.latentspace.vae.rhythm.Rhythm;

class PerformerTest {
  private static final NoiseSettings CHANCE = new NoiseSettings(1, 500);
  private static final long FRAME = 11_609_977;
  private static final RandomModel.Size SIZE =
      new RandomModel.Size(new Grid(1, 4, 4, 4), List.of("kick", "snare", "hat"), 3, 16);

  private final ActiveModel activeModel = new ActiveModel();
  private final Performer performer = new Performer("anna", CHANCE);

  @Test
  void givesOneRhythmForEveryPointAndDecodesOnlyWhenThePlaceMoved() throws ModelFault {
    activeModel.put("random", RandomModel.of(SIZE, "random", 1));
    DecodedRhythm first = play(1, 0, 0.2f, 0.4f, 0.6f);
    DecodedRhythm same = play(2, 0, 0.2f, 0.4f, 0.6f);
    DecodedRhythm moved = play(3, 0, 0.9f, 0.4f, 0.6f);
    assertTrue(first.decoded());
    assertFalse(same.decoded());
    assertSame(first.rhythm(), same.rhythm());
    assertEquals(2, same.origin().sequence());
    assertTrue(moved.decoded());
    activeModel.setThresholds(new float[] {1, 1, 1});
    DecodedRhythm silenced = play(4, 0, 0.9f, 0.4f, 0.6f);
    assertEquals(0, silenced.rhythm().strokes());
    assertTrue(moved.rhythm().strokes() > 0);
  }

  @Test
  void ignoresEntriesBeyondTheModelAndPutsMissingOnesInTheMiddle() throws ModelFault {
    activeModel.put("random", RandomModel.of(SIZE, "random", 1));
    DecodedRhythm given = play(1, 0, 0.2f, 0.4f, 0.5f);
    DecodedRhythm missing =
        Alone.play(new Performer("b", CHANCE), point(1, 0, 0.2f, 0.4f), activeModel.playing());
    DecodedRhythm more =
        Alone.play(
            new Performer("c", CHANCE), point(1, 0, 0.2f, 0.4f, 0.5f, 0.9f), activeModel.playing());
    assertArrayEquals(new float[] {0.2f, 0.4f, 0.5f}, missing.position());
    assertSameStrokes(given.rhythm(), missing.rhythm());
    assertSameStrokes(given.rhythm(), more.rhythm());
  }

  @Test
  void noiseMovesThePlaceAndIsSteadyBetweenDraws() throws ModelFault {
    activeModel.put("random", RandomModel.of(SIZE, "random", 1));
    Set<Float> places = new HashSet<>();
    int decoded = 0;
    for (int f = 0; f < 430; f++) {
      DecodedRhythm decodedRhythm = play(f, 1, 0.5f, 0.5f, 0.5f);
      places.add(decodedRhythm.position()[0]);
      decoded += decodedRhythm.decoded() ? 1 : 0;
    }
    assertEquals(10, places.size());
    assertEquals(10, decoded);
  }

  @Test
  void theSameSeedGivesTheSameRhythmsAndNoNoiseIsExactlyNone() throws ModelFault {
    activeModel.put("random", RandomModel.of(SIZE, "random", 1));
    assertEquals(walk("anna", 1, 0.7f), walk("anna", 1, 0.7f));
    assertFalse(walk("anna", 1, 0.7f).equals(walk("anna", 2, 0.7f)));
    assertFalse(walk("anna", 1, 0.7f).equals(walk("bela", 1, 0.7f)));
    assertEquals(walk("anna", 1, 0), walk("bela", 2, 0));
  }

  @Test
  void everyRhythmOfASwapStormBelongsWhollyToOneModel() throws Exception {
    Model[] models = new Model[6];
    for (int m = 0; m < models.length; m++) {
      models[m] = OneNote.of("model-" + m, m % 2, 2 + m % 3, 0.1f + 0.15f * m);
    }
    activeModel.put("first", models[0]);
    AtomicBoolean playing = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<Set<String>>> players = new ArrayList<>();
    for (int p = 0; p < 2; p++) {
      long seed = p;
      players.add(threads.submit(() -> playThroughTheStorm(playing, seed)));
    }
    for (int swap = 0; swap < 3000; swap++) {
      activeModel.put("storm", models[swap % models.length]);
    }
    playing.set(false);
    threads.shutdown();
    Set<String> heard = new HashSet<>();
    for (Future<Set<String>> player : players) {
      heard.addAll(player.get());
    }
    assertEquals(models.length, heard.size(), heard.toString());
  }

  private Set<String> playThroughTheStorm(AtomicBoolean playing, long seed) {
    Performer drummer = new Performer("storm" + seed, CHANCE);
    Random random = new Random(seed);
    Set<String> heard = new HashSet<>();
    for (int f = 0; playing.get(); f++) {
      LatentPoint point = point(f, 0, random.nextFloat(), random.nextFloat());
      Rhythm rhythm = Alone.play(drummer, point, activeModel.playing()).rhythm();
      int model = rhythm.modelVersion().charAt(6) - '0';
      heard.add(rhythm.modelVersion());
      assertEquals(2 + model % 3, rhythm.voices().size());
      assertEquals(16, rhythm.strokes());
      for (int s = 0; s < rhythm.strokes(); s++) {
        assertEquals(model % 2, rhythm.voice()[s]);
        assertEquals(0.1f + 0.15f * model, rhythm.velocity()[s], 1e-4);
      }
    }
    return heard;
  }

  @Test
  void thereAreAtMostSoManyPerformersAndOnlyTheSilentMakeRoom() {
    Performers performers = new Performers(2, CHANCE);
    long second = 1_000_000_000L;
    Performer anna = performers.named("anna", 0);
    assertSame(anna, performers.named("anna", second));
    assertNotNull(performers.named("bela", 2 * second));
    assertNull(performers.named("carl", 3 * second));
    assertNotNull(performers.named("carl", 11 * second));
    assertEquals(2, performers.taken(11 * second));
    assertNull(performers.named("anna", 11 * second));
    performers.forget("bela");
    assertNotSame(anna, performers.named("anna", 11 * second));
  }

  private String walk(String name, long seed, float noise) {
    Performer drummer = new Performer(name, new NoiseSettings(seed, 500));
    StringBuilder heard = new StringBuilder();
    for (int f = 0; f < 300; f++) {
      float x = (float) (0.5 + 0.4 * Math.sin(f / 30.0));
      DecodedRhythm decodedRhythm =
          Alone.play(drummer, point(f, noise, x, 1 - x, 0.3f), activeModel.playing());
      heard
          .append(Arrays.toString(decodedRhythm.position()))
          .append(Arrays.toString(decodedRhythm.rhythm().step()));
      heard.append(Arrays.toString(decodedRhythm.rhythm().velocity()));
    }
    return heard.toString();
  }

  private DecodedRhythm play(int frame, float noise, float... position) {
    return Alone.play(performer, point(frame, noise, position), activeModel.playing());
  }

  private static LatentPoint point(int frame, float noise, float... position) {
    Origin origin = new Origin("anna", frame, 0, frame * FRAME, false, false);
    return new LatentPoint(origin, position, noise, 0);
  }

  private static void assertSameStrokes(Rhythm expected, Rhythm found) {
    assertArrayEquals(expected.step(), found.step());
    assertArrayEquals(expected.voice(), found.voice());
    assertArrayEquals(expected.velocity(), found.velocity());
  }
}
