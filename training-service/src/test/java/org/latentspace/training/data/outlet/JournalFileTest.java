package org.latentspace.training.data.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.training.data.Arrival;
import org.latentspace.training.data.Item;
import org.latentspace.training.data.Motion;
import org.latentspace.training.data.Origin;
import org.latentspace.training.data.PairStore;
import org.latentspace.training.data.PairTarget;
import org.latentspace.training.data.RhythmStore;
import org.latentspace.training.data.Source;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.rhythm.Note;
import org.latentspace.training.rhythm.Song;

class JournalFileTest {
  @TempDir Path folder;

  @Test
  void everythingOfAPieceIsReadAgain() {
    String id;
    try (RhythmStore store = store(folder)) {
      id = add(store, 1);
      store.tag(List.of(Item.of(id + ":0"), Item.of(id)), List.of("ä tag"), List.of());
      store.exclude(List.of(Item.of(id + ":1")), true);
      add(store, 2);
      store.delete(List.of(add(store, 3)));
    }
    try (RhythmStore before = store(folder)) {
      before.open();
      assertEquals(2, before.counts().pieces());
      assertEquals(1, before.counts().gone());
      assertEquals("ä tag", before.piece(id).about().tags().iterator().next());
      assertTrue(before.piece(id).about().loops().get(1).excluded());
      assertEquals(song(1), before.piece(id).song());
    }
  }

  @Test
  void aTornEndIsCutOffWhereverItTore() throws IOException {
    try (RhythmStore store = store(folder)) {
      add(store, 1);
    }
    Path file = folder.resolve("pieces.journal");
    int whole = Files.readAllBytes(file).length;
    try (RhythmStore store = store(folder)) {
      add(store, 2);
    }
    byte[] both = Files.readAllBytes(file);
    for (int length = whole; length < both.length; length += 7) {
      Files.write(file, Arrays.copyOf(both, length));
      try (RhythmStore store = store(folder)) {
        store.open();
        assertEquals(1, store.counts().pieces());
        assertEquals(whole, Files.size(file));
        add(store, 3);
        assertEquals(2, store.counts().pieces());
      }
    }
    both[both.length - 1] ^= 1;
    Files.write(file, both);
    try (RhythmStore store = store(folder)) {
      store.open();
      assertEquals(1, store.counts().pieces(), "a changed byte is no change");
    }
  }

  @Test
  void damageInTheMiddleCostsOneChangeAndTheDamagedFileIsKept() throws IOException {
    try (RhythmStore store = store(folder)) {
      add(store, 1);
      add(store, 2);
    }
    Path file = folder.resolve("pieces.journal");
    byte[] bytes = Files.readAllBytes(file);
    bytes[40] ^= 1;
    Files.write(file, bytes);
    try (RhythmStore store = store(folder)) {
      store.open();
      assertEquals(1, store.counts().pieces());
    }
    assertTrue(Files.exists(folder.resolve("pieces.journal.damaged")));
  }

  @Test
  void aFileThatIsNoJournalIsNotTouched() throws IOException {
    Path file = folder.resolve("pieces.journal");
    Files.writeString(file, "somebody's own notes");
    try (RhythmStore store = store(folder)) {
      assertThrows(java.io.UncheckedIOException.class, store::open);
    }
    assertEquals("somebody's own notes", Files.readString(file));
  }

  @Test
  void oneFileHasOneOwner() {
    try (RhythmStore store = store(folder);
        RhythmStore other = store(folder)) {
      add(store, 1);
      Exception refusal = assertThrows(java.io.UncheckedIOException.class, other::open);
      assertTrue(refusal.getMessage().contains("in use"), refusal.getMessage());
    }
  }

  @Test
  void theFileIsWrittenAnewBeforeOldChangesFillTheDisk() {
    try (RhythmStore store = store(folder)) {
      String id = add(store, 1);
      List<String> before = List.of();
      for (int i = 0; i < 500; i++) {
        List<String> tags = new ArrayList<>();
        for (int tag = 0; tag < 20; tag++) {
          tags.add("a tag of some length ".repeat(9) + i + "." + tag);
        }
        store.tag(List.of(Item.of(id)), tags, before);
        before = tags;
      }
      assertTrue(store.counts().journalBytes() < 1_200_000, store.counts().toString());
      store.tag(List.of(Item.of(id)), List.of(), before);
    }
    try (RhythmStore store = store(folder)) {
      store.open();
      assertEquals(1, store.counts().pieces());
      assertEquals(0, store.pieces().get(0).about().tags().size());
    }
  }

  @Test
  void pairsAreKeptReplacedAndTakenAway() {
    try (PairStore pairs = new PairStore(Journals.ofPairs(folder))) {
      pairs.put(pair("anna", "1", 0.5f));
      pairs.put(pair("anna", "1", 0.6f));
      pairs.put(pair("anna", "2", 0.7f));
      pairs.put(pair("ann", "1", 0.8f));
      pairs.remove("anna/2");
      pairs.remove("anna/3");
      assertEquals(2, pairs.count());
    }
    try (PairStore pairs = new PairStore(Journals.ofPairs(folder))) {
      assertEquals(List.of(pair("anna", "1", 0.6f)), pairs.of("anna"));
      assertEquals(1, pairs.of("ann").size());
    }
  }

  @Test
  void whatWasAcknowledgedOutlivesAKilledProcess() throws Exception {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                classes,
                Keeper.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int acknowledged = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null && acknowledged < 40; ) {
        acknowledged = Integer.parseInt(line);
        line = lines.readLine();
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertTrue(acknowledged >= 40, "the child ended early");
    try (RhythmStore store = store(folder)) {
      store.open();
      assertTrue(store.counts().pieces() >= acknowledged, store.counts() + " " + acknowledged);
    }
  }

  /** Brings pieces in until it is killed; says how many it has. */
  static final class Keeper {
    public static void main(String[] arguments) {
      try (RhythmStore store = store(Path.of(arguments[0]))) {
        for (int seed = 1; seed < 100_000; seed++) {
          add(store, seed);
          System.out.println(seed);
        }
      }
    }
  }

  private static RhythmStore store(Path folder) {
    return new RhythmStore(
        Journals.ofPieces(folder), new RhythmStore.Room(100_000, 5_000_000), List::of);
  }

  @Test
  void aPairKeepsWhatItMeansAndOneThatWasWrittenBeforeSaysWhatItsOutputMeans() throws IOException {
    try (JournalFile<PairStore.Change> before =
        new JournalFile<>(folder.resolve("pairs.journal"), new BarePairs())) {
      before.open(change -> {});
      before.append(
          List.of(
              new PairStore.Change("anna/old", pair("anna", "old", 0.25f)),
              new PairStore.Change("anna/gone", null)),
          List::of);
    }
    PairTarget meaning =
        new PairTarget(List.of(0.7f, 0.1f), List.of("x", "filter"), Motion.MOVEMENT, 43);
    TaughtPair taught =
        pair("anna", "young", 0.5f).with(meaning).with(List.of(0.04f, -0.001f, 0.01f));
    try (PairStore store = new PairStore(Journals.ofPairs(folder))) {
      store.put(taught);
    }
    try (PairStore store = new PairStore(Journals.ofPairs(folder))) {
      assertEquals(List.of(pair("anna", "old", 0.25f), taught), store.of("anna"));
      PairTarget old = store.of("anna").get(0).meaning();
      assertEquals(List.of("x", "y", "noise", "z-ramp"), old.outputs());
      assertEquals(List.of(0.25f, 0.5f, 0f), old.target().subList(0, 3));
      assertEquals(Math.pow(0.02, 1 / (Math.log(10) / Math.log(2))), old.target().get(3), 1e-6);
      assertEquals(Motion.POSITION, old.motion());
    }
  }

  /** As pairs were written before they said what they mean. */
  private static final class BarePairs implements Codec<PairStore.Change> {
    @Override
    public void write(PairStore.Change change, DataOutputStream out) throws IOException {
      TaughtPair pair = change.pair();
      Journals.writeText(change.key(), out);
      out.writeBoolean(pair != null);
      if (pair != null) {
        Journals.writeText(pair.performer(), out);
        Journals.writeText(pair.pair(), out);
        Journals.writeInstant(pair.taughtAt(), out);
        Journals.writeList(pair.input(), out, (value, to) -> to.writeFloat(value));
        Journals.writeList(pair.rawInput(), out, (value, to) -> to.writeFloat(value));
        Journals.writeText(pair.scaling(), out);
        Journals.writeList(pair.senses(), out, Journals::writeText);
        Journals.writeList(pair.output(), out, (value, to) -> to.writeFloat(value));
      }
    }

    @Override
    public PairStore.Change read(DataInputStream in) {
      throw new UnsupportedOperationException("nothing is read");
    }
  }

  private static String add(RhythmStore store, int seed) {
    Origin origin = new Origin(Source.MIDI, "x.mid", "anna", Instant.ofEpochSecond(seed, 5));
    return store.add(List.of(new Arrival(song(seed), origin, List.of()))).get(0).piece().id();
  }

  private static Song song(int seed) {
    return new Song(
        "x",
        8,
        List.of(new Song.Tempo(0, 99), new Song.Tempo(4, 98.5)),
        List.of(new Song.Metre(0, 4, 4)),
        List.of(new Note(0, 36, 0.5f), new Note(seed / 100_000.0, 127, 1)),
        java.util.Map.of(36, "kick"));
  }

  private static TaughtPair pair(String performer, String name, float x) {
    return new TaughtPair(
        performer,
        name,
        Instant.EPOCH,
        List.of(0.1f, 0.2f),
        List.of(1f, 2f),
        "lse",
        List.of("rms", "crest"),
        List.of(x, 0.5f, 0f, 100f));
  }
}
