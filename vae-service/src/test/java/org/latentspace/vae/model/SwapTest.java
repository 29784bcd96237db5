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
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.playing.Chance;
import org.latentspace.vae.playing.Cue;
import org.latentspace.vae.playing.Explorations;
import org.latentspace.vae.playing.Performer;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.time.Origin;

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

  private final ModelStand stand = new ModelStand();
  private final AtomicBoolean swapping = new AtomicBoolean(true);

  @Test
  void everyRhythmBelongsWhollyToOneModel() throws Exception {
    stand.put("one", MODELS.get(0));
    ExecutorService threads = Executors.newFixedThreadPool(PERFORMERS);
    try {
      List<Future<List<Cue>>> playing = new ArrayList<>();
      for (int performer = 0; performer < PERFORMERS; performer++) {
        String name = "performer-" + performer;
        playing.add(threads.submit(() -> play(name)));
      }
      swap();
      Map<String, ModelStand.Playing> alone =
          MODELS.stream().map(SwapTest::alone).collect(byVersion());
      int cues = 0;
      Map<String, Long> heard = new java.util.TreeMap<>();
      for (Future<List<Cue>> performer : playing) {
        for (Cue cue : performer.get(30, TimeUnit.SECONDS)) {
          assertBelongs(cue, alone.get(cue.rhythm().modelVersion()));
          heard.merge(cue.rhythm().modelVersion(), 1L, Long::sum);
          cues++;
        }
      }
      assertEquals(3, heard.size(), heard.toString());
      assertTrue(cues > PERFORMERS * 10, "rhythms: " + cues);
    } finally {
      swapping.set(false);
      threads.shutdownNow();
    }
  }

  private void swap() throws ModelFault {
    Random random = new Random(3);
    for (int i = 0; i < SWAPS; i++) {
      if (random.nextInt(4) == 0 && stand.before() != null) {
        stand.rollBack();
      } else {
        Model next = MODELS.get(random.nextInt(MODELS.size()));
        stand.put(next.version(), next);
      }
    }
    swapping.set(false);
  }

  /** Plays point after point, each at another place; keeps the first after a swap and a sample. */
  private List<Cue> play(String name) {
    Performer performer = new Performer(name, new Chance(1, 500));
    Random random = new Random(name.hashCode());
    List<Cue> cues = new ArrayList<>();
    String before = "";
    for (int i = 1; swapping.get() || i < 100; i++) {
      Origin origin = new Origin(name, i, 0, i * 1_000_000L, false, false);
      float[] position = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
      Cue cue = performer.play(new LatentPoint(origin, position, 0, 0), stand.playing());
      boolean swapped = !cue.rhythm().modelVersion().equals(before);
      before = cue.rhythm().modelVersion();
      if (swapped || i % SAMPLED == 0) {
        cues.add(cue);
      }
    }
    return cues;
  }

  private static void assertBelongs(Cue cue, ModelStand.Playing model) {
    Rhythm expected = Explorations.decode(model, cue.position()).rhythm();
    Rhythm found = cue.rhythm();
    assertEquals(expected.grid(), found.grid());
    assertEquals(expected.voices(), found.voices());
    assertArrayEquals(expected.step(), found.step());
    assertArrayEquals(expected.voice(), found.voice());
    assertArrayEquals(expected.velocity(), found.velocity());
    assertArrayEquals(expected.offset(), found.offset());
  }

  private static ModelStand.Playing alone(Model model) {
    try {
      return new ModelStand().put(model.version(), model);
    } catch (ModelFault e) {
      throw new AssertionError(e);
    }
  }

  private static java.util.stream.Collector<ModelStand.Playing, ?, Map<String, ModelStand.Playing>>
      byVersion() {
    return Collectors.toMap(playing -> playing.model().version(), Function.identity());
  }

  private static Model model(String version, Grid grid, int voices, int latent, int hidden) {
    List<String> names = RandomModel.VOICES.subList(0, voices);
    return RandomModel.of(
        new RandomModel.Size(grid, names, latent, hidden), version, version.hashCode());
  }
}
