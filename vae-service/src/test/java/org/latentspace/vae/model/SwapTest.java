package org.latentspace.vae.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Origin;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.latent.Noise.NoiseSettings;
import org.latentspace.vae.playing.Alone;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.playing.LatentQueries;
import org.latentspace.vae.playing.Performer;
import org.latentspace.vae.rhythm.Rhythm;

/** A thousand swaps as fast as one thread can make them, while performers decode. */
class SwapTest {
  private static final int SWAPS = 1000;
  private static final int PERFORMERS = 3;
  private static final int SAMPLED = 16;

  // Other voices, other grid, other latent size, other layers: nothing of one fits the other.
  private static final List<Model> MODELS =
      List.of(
          model("one", new Grid(1, 4, 4, 4), 2, 2, 8),
          model("two", new Grid(2, 3, 4, 6), 5, 3, 12),
          model("three", new Grid(1, 7, 8, 4), 9, 5, 6));

  private final ActiveModel activeModel = new ActiveModel();
  private final AtomicBoolean swapping = new AtomicBoolean(true);

  @Test
  void everyRhythmBelongsWhollyToOneModel() throws Exception {
    activeModel.put("one", MODELS.get(0));
    ExecutorService threads = Executors.newFixedThreadPool(PERFORMERS);
    try {
      List<Future<List<DecodedRhythm>>> playing = new ArrayList<>();
      for (int performer = 0; performer < PERFORMERS; performer++) {
        String name = "performer-" + performer;
        playing.add(threads.submit(() -> play(name)));
      }
      swap();
      Map<String, ActiveModel.Playing> alone =
          MODELS.stream().map(SwapTest::alone).collect(byVersion());
      int decodedRhythms = 0;
      Map<String, Long> heard = new java.util.TreeMap<>();
      for (Future<List<DecodedRhythm>> performer : playing) {
        for (DecodedRhythm decodedRhythm : performer.get(30, TimeUnit.SECONDS)) {
          assertBelongs(decodedRhythm, alone.get(decodedRhythm.rhythm().modelVersion()));
          heard.merge(decodedRhythm.rhythm().modelVersion(), 1L, Long::sum);
          decodedRhythms++;
        }
      }
      assertEquals(3, heard.size(), heard.toString());
      assertTrue(decodedRhythms > PERFORMERS * 10, "rhythms: " + decodedRhythms);
    } finally {
      swapping.set(false);
      threads.shutdownNow();
    }
  }

  private void swap() throws ModelFault {
    Random random = new Random(3);
    for (int i = 0; i < SWAPS; i++) {
      if (random.nextInt(4) == 0 && activeModel.previous() != null) {
        activeModel.rollBack();
      } else {
        Model next = MODELS.get(random.nextInt(MODELS.size()));
        activeModel.put(next.version(), next);
      }
    }
    swapping.set(false);
  }

  /** Plays point after point, each at another place; keeps the first after a swap and a sample. */
  private List<DecodedRhythm> play(String name) {
    Performer performer = new Performer(name, new NoiseSettings(1, 500));
    Random random = new Random(name.hashCode());
    List<DecodedRhythm> decodedRhythms = new ArrayList<>();
    String before = "";
    for (int i = 1; swapping.get() || i < 100; i++) {
      Origin origin = new Origin(name, i, 0, i * 1_000_000L, false, false);
      float[] position = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
      DecodedRhythm decodedRhythm =
          Alone.play(performer, new LatentPoint(origin, position, 0, 0), activeModel.playing());
      boolean swapped = !decodedRhythm.rhythm().modelVersion().equals(before);
      before = decodedRhythm.rhythm().modelVersion();
      if (swapped || i % SAMPLED == 0) {
        decodedRhythms.add(decodedRhythm);
      }
    }
    return decodedRhythms;
  }

  private static void assertBelongs(DecodedRhythm decodedRhythm, ActiveModel.Playing model) {
    Rhythm expected = LatentQueries.decode(model, decodedRhythm.position()).rhythm();
    Rhythm found = decodedRhythm.rhythm();
    assertEquals(expected.grid(), found.grid());
    assertEquals(expected.voices(), found.voices());
    assertArrayEquals(expected.step(), found.step());
    assertArrayEquals(expected.voice(), found.voice());
    assertArrayEquals(expected.velocity(), found.velocity());
    assertArrayEquals(expected.offset(), found.offset());
  }

  private static ActiveModel.Playing alone(Model model) {
    try {
      return new ActiveModel().put(model.version(), model);
    } catch (ModelFault e) {
      throw new AssertionError(e);
    }
  }

  private static java.util.stream.Collector<
          ActiveModel.Playing, ?, Map<String, ActiveModel.Playing>>
      byVersion() {
    return Collectors.toMap(playing -> playing.model().version(), Function.identity());
  }

  private static Model model(String version, Grid grid, int voices, int latent, int hidden) {
    List<String> names = RandomModel.VOICES.subList(0, voices);
    return RandomModel.of(
        new RandomModel.Size(grid, names, latent, hidden), version, version.hashCode());
  }
}
