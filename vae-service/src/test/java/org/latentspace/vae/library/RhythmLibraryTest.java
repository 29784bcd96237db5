package org.latentspace.vae.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.model.Grid;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.vae.library.LatentIndex.StillComputing;
import org.latentspace.vae.library.OnsetIndex.OnsetBits;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.CancellableCodec;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.RandomModel;
import org.latentspace.vae.rhythm.Rhythm;

class RhythmLibraryTest {
  private static final Grid GRID = new Grid(1, 4, 4, 4);
  private static final List<String> VOICES = List.of("kick", "snare", "hat");
  private static final RandomModel.Size SIZE = new RandomModel.Size(GRID, VOICES, 3, 16);

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Model model = RandomModel.of(SIZE, "a", 1);
  private Model playing = model;
  private final RhythmLibrary library = new RhythmLibrary(waiting::add, () -> playing);

  @Test
  void findsTheSameByOnsetsAsCountingSetsDoes() {
    List<Entry> entries = random(200, 1);
    library.replace(entries);
    OnsetIndex onsets = library.index(model).onsets();
    assertEquals(200, onsets.entries().size());
    for (Entry query : random(30, 2)) {
      List<Integer> order = new ArrayList<>();
      for (int e = 0; e < entries.size(); e++) {
        order.add(e);
      }
      order.sort(
          (a, b) ->
              Double.compare(distance(query, entries.get(a)), distance(query, entries.get(b))));
      var found = library.index(model).nearest(query.rhythm(), 20, false);
      for (int k = 0; k < 20; k++) {
        assertEquals(entries.get(order.get(k)).id(), found.get(k).entry().id());
        assertEquals(distance(query, entries.get(order.get(k))), found.get(k).jaccard(), 1e-12);
      }
      long[] struck =
          OnsetBits.struck(
              new CancellableCodec(activeModel(), () -> false).tensor(query.rhythm()),
              new float[3]);
      assertEquals(order.get(0), onsets.nearest(struck));
    }
  }

  @Test
  void findsItselfAtNoDistanceByPlaceAndTheOrderIsThatOfTheDistances() {
    List<Entry> entries = random(100, 1);
    library.replace(entries);
    work();
    var found = library.index(model).nearest(entries.get(42).rhythm(), 100, true);
    assertEquals("r42", found.get(0).entry().id());
    assertEquals(0, found.get(0).latent(), 1e-6);
    assertEquals(0, found.get(0).jaccard());
    assertEquals(3, found.get(0).position().length);
    for (int k = 1; k < 100; k++) {
      assertTrue(found.get(k - 1).latent() <= found.get(k).latent());
    }
  }

  @Test
  void placesAreComputedInTheBackgroundAndThoseOfTheFoundAreKnownBefore() {
    List<Entry> entries = random(100, 1);
    library.replace(entries);
    LatentIndex places = library.index(model).places();
    assertEquals(0, places.known());
    var before = library.index(model).nearest(entries.get(3).rhythm(), 5, false);
    work();
    assertEquals(100, places.known());
    assertSame(places, library.index(model).places());
    var after = library.index(model).nearest(entries.get(3).rhythm(), 5, false);
    for (int k = 0; k < 5; k++) {
      assertEquals(before.get(k).latent(), after.get(k).latent(), 1e-6);
    }
  }

  @Test
  void saysNotYetWhilePlacesThatWereAskedForAreNotKnown() {
    library.replace(random(10, 1));
    LibraryIndex index = library.index(model);
    // Whoever is interrupted waits no longer.
    Thread.currentThread().interrupt();
    StillComputing fault =
        assertThrows(
            StillComputing.class, () -> index.nearest(random(1, 1).get(0).rhythm(), 5, true));
    assertTrue(Thread.interrupted());
    assertTrue(fault.getMessage().contains("0 of 10"), fault.getMessage());
  }

  @Test
  void anotherModelOfTheSameVoicesKeepsTheOnsetsAndAnotherGridDoesNot() {
    library.replace(random(10, 1));
    LibraryIndex first = library.index(model);
    playing = RandomModel.of(SIZE, "b", 2);
    library.prepare();
    work();
    LibraryIndex second = library.index(playing);
    assertSame(first.onsets(), second.onsets());
    assertNotSame(first.places(), second.places());
    assertEquals(10, second.places().known());
    assertTrue(first.places().known() < 10);
    Model other = RandomModel.of(new RandomModel.Size(new Grid(2, 4, 4, 4), VOICES, 3, 16), "c", 1);
    assertEquals(0, library.index(other).onsets().entries().size());
    assertEquals(10, library.size());
    assertEquals(10, library.index(model).onsets().entries().size());
  }

  @Test
  void anEmptyLibraryHasNoNeighbours() {
    assertTrue(library.index(model).nearest(random(1, 1).get(0).rhythm(), 5, false).isEmpty());
    work();
    assertTrue(library.index(model).nearest(random(1, 1).get(0).rhythm(), 5, true).isEmpty());
    assertEquals(-1, library.index(model).onsets().nearest(new long[1]));
  }

  @Test
  void voicesAreFoundByNameAndWhatDoesNotFitIsLeftOutOrRefused() {
    Rhythm hat = rhythm(GRID, List.of("hat"), 5);
    Rhythm cowbell = rhythm(GRID, List.of("cowbell"), 5);
    library.replace(List.of(new Entry("hat", hat), new Entry("cowbell", cowbell)));
    assertEquals(1, library.index(model).onsets().entries().size());
    LibraryIndex.check(hat, 0, model);
    for (Rhythm wrong :
        List.of(cowbell, rhythm(Grid.STANDARD, VOICES, 5), rhythm(GRID, VOICES, 16))) {
      assertThrows(IllegalArgumentException.class, () -> LibraryIndex.check(wrong, 0, model));
    }
    int most = RhythmLibrary.MOST_ENTRIES;
    assertThrows(IllegalArgumentException.class, () -> LibraryIndex.check(hat, most, model));
  }

  @Test
  void holdsSoManyAndKeepsWhatItHadWhenThereAreMore() {
    library.replace(random(10, 1));
    Entry one = new Entry("one", rhythm(GRID, VOICES, 5));
    assertThrows(LimitExceeded.class, () -> library.replace(Collections.nCopies(100_001, one)));
    Rhythm full = new Rhythm("", GRID, VOICES, new int[48], null, null, null);
    Entry heavy = new Entry("heavy", full);
    assertThrows(LimitExceeded.class, () -> library.replace(Collections.nCopies(62_501, heavy)));
    assertEquals(10, library.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 101})
  void refusesACountOutOfRange(int count) {
    Rhythm rhythm = random(1, 1).get(0).rhythm();
    library.replace(random(10, 1));
    LibraryIndex index = library.index(model);
    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, () -> index.nearest(rhythm, count, false));
    assertEquals("count is " + count + ", must be 1..100", fault.getMessage());
  }

  @Test
  void theMapSaysWhatIsWhereAndHowNewItIs() {
    ActiveModel.Playing now = activeModel();
    CancellableCodec codec = new CancellableCodec(now, () -> false);
    LatentMap.Frame frame = new LatentMap.Frame(9, new float[] {0.25f}, true);
    LatentMap empty = LatentMap.draw(frame, codec, library.index(model).onsets());
    assertEquals(81, empty.cells().size());
    Set<String> different = new HashSet<>();
    for (LatentMap.Cell cell : empty.cells()) {
      assertEquals(1, cell.novelty());
      assertEquals("", cell.nearest());
      assertEquals(cell.strokes(), cell.decodedRhythm().rhythm().strokes());
      assertEquals(cell.strokes() / 48f, cell.density());
      assertEquals(busiest(cell.decodedRhythm().rhythm()), cell.voice());
      assertEquals(0.25f, cell.decodedRhythm().position()[2], 1e-6);
      different.add(cells(cell.decodedRhythm().rhythm()).toString());
    }
    assertEquals(different.size(), empty.unique());
    assertEquals(0.125f, empty.cells().get(10).x());
    assertEquals(0.125f, empty.cells().get(10).y());
    library.replace(List.of(new Entry("there", empty.cells().get(40).decodedRhythm().rhythm())));
    LatentMap.Frame bare = new LatentMap.Frame(9, new float[] {0.25f}, false);
    LatentMap map = LatentMap.draw(bare, codec, library.index(model).onsets());
    assertEquals(0, map.cells().get(40).novelty());
    assertEquals("there", map.cells().get(40).nearest());
    assertEquals(empty.cells().get(7).strokes(), map.cells().get(7).strokes());
  }

  @Test
  void refusesAMapThatCannotBe() {
    refused("side is 1, must be 2..64", 1);
    refused("side is 65, must be 2..64", 65);
    refused("position[1] is 1.5, must be 0..1", 3, 0.5f, 1.5f);
    refused("position[0] is NaN, must be 0..1", 3, Float.NaN);
    refused("must have at most 1", 3, 0.5f, 0.5f);
  }

  private void refused(String why, int side, float... others) {
    CancellableCodec codec = new CancellableCodec(activeModel(), () -> false);
    OnsetIndex onsets = library.index(model).onsets();
    IllegalArgumentException fault =
        assertThrows(
            IllegalArgumentException.class,
            () -> LatentMap.draw(new LatentMap.Frame(side, others, false), codec, onsets));
    assertTrue(fault.getMessage().contains(why), fault.getMessage());
  }

  private ActiveModel.Playing activeModel() {
    try {
      return new ActiveModel().put("a", model);
    } catch (ModelFault e) {
      throw new AssertionError(e);
    }
  }

  private void work() {
    while (!waiting.isEmpty()) {
      waiting.poll().run();
    }
  }

  private static Rhythm rhythm(Grid grid, List<String> voices, int step) {
    return new Rhythm(
        "", grid, voices, new int[] {step}, new int[1], new float[] {0.5f}, new float[1]);
  }

  private static String busiest(Rhythm rhythm) {
    int[] strokes = new int[rhythm.voices().size()];
    Arrays.stream(rhythm.voice()).forEach(voice -> strokes[voice]++);
    int most = 0;
    for (int voice = 1; voice < strokes.length; voice++) {
      most = strokes[voice] > strokes[most] ? voice : most;
    }
    return strokes[most] == 0 ? "" : rhythm.voices().get(most);
  }

  private static Set<Integer> cells(Rhythm rhythm) {
    Set<Integer> cells = new TreeSet<>();
    for (int s = 0; s < rhythm.strokes(); s++) {
      cells.add(rhythm.step()[s] * 3 + rhythm.voice()[s]);
    }
    return cells;
  }

  private static double distance(Entry a, Entry b) {
    Set<Integer> both = cells(a.rhythm());
    both.retainAll(cells(b.rhythm()));
    Set<Integer> either = cells(a.rhythm());
    either.addAll(cells(b.rhythm()));
    return either.isEmpty() ? 0 : 1 - both.size() / (double) either.size();
  }

  /** Rhythms of 0..47 strokes. */
  private static List<Entry> random(int count, long seed) {
    Random random = new Random(seed);
    List<Entry> entries = new ArrayList<>();
    for (int e = 0; e < count; e++) {
      TreeSet<Integer> cells = new TreeSet<>();
      int strokes = random.nextInt(48);
      for (int s = 0; s < strokes; s++) {
        cells.add(random.nextInt(48));
      }
      int[] step = cells.stream().mapToInt(c -> c / 3).toArray();
      int[] voice = cells.stream().mapToInt(c -> c % 3).toArray();
      float[] velocity = new float[step.length];
      for (int s = 0; s < velocity.length; s++) {
        velocity[s] = random.nextFloat();
      }
      float[] offset = new float[step.length];
      Rhythm rhythm = new Rhythm("", GRID, VOICES, step, voice, velocity, offset);
      entries.add(new Entry("r" + e, rhythm));
    }
    return entries;
  }
}
