package org.latentspace.feature.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.dsp.Scaling;
import org.latentspace.feature.range.Ranges;
import org.latentspace.feature.wire.RangeWire;
import org.latentspace.proto.ScalingSpec;

class RangeStoreTest {
  @TempDir private Path folder;

  private final Range range =
      new Range(
          Scaling.LSE.named("auto-1"),
          List.of("pose.1", "pose.2"),
          new double[] {-1, 0.25},
          new double[] {1, 1e9});
  private final Ranges.Profiles book = new Ranges.Profiles(List.of(range), "auto-1");

  @Test
  void whatWasStoredIsThereAfterARestart() {
    Path dir = folder.resolve("not/yet/there");
    RangeStore store = new RangeStore();
    assertEquals(Map.of(), store.open(dir));
    store.write("ada", book);
    store.write("Ada", new Ranges.Profiles(List.of(), "lse"));
    store.write("ada", book);
    Map<String, Ranges.Profiles> books = new RangeStore().open(dir);
    assertEquals(List.of("Ada", "ada"), List.copyOf(books.keySet()));
    assertEquals("auto-1", books.get("ada").used());
    assertEquals(RangeWire.spec(range), RangeWire.spec(books.get("ada").ranges().get(0)));
    assertEquals("lse", books.get("Ada").used());
  }

  /** Killed at any moment, there is the old file or the new one, and perhaps a piece beside it. */
  @Test
  void aPieceThatACrashLeftBesideIsNotTakenForTheFile() throws Exception {
    RangeStore store = new RangeStore();
    store.open(folder);
    store.write("ada", book);
    Path file = only();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(
          folder.resolve(file.getFileName() + ".draft"), java.util.Arrays.copyOf(whole, length));
      assertEquals(1, new RangeStore().open(folder).size());
    }
    store.write("ada", book.ranges().isEmpty() ? book : new Ranges.Profiles(book.ranges(), "lse"));
    assertEquals("lse", new RangeStore().open(folder).get("ada").used());
    assertEquals(file, only(), "the piece has become the file");
  }

  @Test
  void aDamagedFileIsSetAsideWhateverIsWrongWithIt() throws Exception {
    RangeStore store = new RangeStore();
    store.open(folder);
    store.write("ada", book);
    Path file = only();
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] damaged =
          java.util.Arrays.copyOf(whole, i % 2 == 0 ? whole.length : random.nextInt(whole.length));
      if (damaged.length > 0) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      }
      Files.write(file, damaged);
      assertEquals(Map.of(), new RangeStore().open(folder));
      assertFalse(Files.exists(file));
      assertTrue(Files.exists(folder.resolve(file.getFileName() + ".damaged")));
    }
    store.write("ada", book);
    assertEquals(1, new RangeStore().open(folder).size());
  }

  @Test
  void aDiskThatDoesNotTakeItIsARefusal() throws Exception {
    Path taken = Files.writeString(folder.resolve("file"), "no folder");
    RangeStore store = new RangeStore();
    store.open(taken.resolve("below"));
    Exception refusal = assertThrows(UncheckedIOException.class, () -> store.write("ada", book));
    assertTrue(refusal.getMessage().contains("feature-service.data-dir"), refusal.getMessage());
  }

  @Test
  void whatIsNoRangeIsRefusedInOneLine() {
    ScalingSpec good = RangeWire.spec(range);
    assertEquals(good, RangeWire.spec(RangeWire.range(good, "auto-1")));
    for (ScalingSpec bad :
        List.of(
            ScalingSpec.getDefaultInstance(),
            good.toBuilder().addSenses("more").build(),
            good.toBuilder().setSenses(0, "other").build(),
            good.toBuilder().setSenses(11, "pose.1").build(),
            good.toBuilder().setSenses(11, "po se").build(),
            good.toBuilder().setLow(3, 1e9).build(),
            good.toBuilder().setLow(3, Double.NaN).build(),
            good.toBuilder().setLow(11, Double.NEGATIVE_INFINITY).build(),
            good.toBuilder().setHigh(11, 0.25).build(),
            good.toBuilder().setHigh(10, Double.MAX_VALUE).setLow(10, -Double.MAX_VALUE).build(),
            good.toBuilder().setOutLow(-0.1).build(),
            good.toBuilder().setOutLow(0.95).build(),
            good.toBuilder().setOutHigh(Double.NaN).build())) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class, () -> RangeWire.range(bad, "auto-1"), bad.toString());
      assertEquals(1, refusal.getMessage().lines().count());
    }
  }

  private Path only() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.filter(file -> !file.toString().endsWith(".damaged")).toList();
      assertEquals(1, all.size(), all.toString());
      return all.get(0);
    }
  }
}
