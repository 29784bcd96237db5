package org.latentspace.training.data.outlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
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
import org.latentspace.kept.JournalFile;
import org.latentspace.training.data.Arrival;
import org.latentspace.training.data.Origin;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.Piece.Item;
import org.latentspace.training.data.RhythmStore;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;

class PieceJournalTest {
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
      assertTrue(before.piece(id).about().marks().get(1).excluded());
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
  void aJournalOfAnEarlierBuildIsNotTouched() throws IOException {
    Path file = folder.resolve("pieces.journal");
    try (JournalFile earlier = new JournalFile(file, bytes -> {})) {
      earlier.append(true, new byte[] {1, 0, 16, 'a'});
    }
    byte[] before = Files.readAllBytes(file);
    try (RhythmStore store = store(folder)) {
      assertThrows(java.io.UncheckedIOException.class, store::open);
      assertTrue(store.status().contains("earlier build"), store.status());
    }
    assertArrayEquals(before, Files.readAllBytes(file));
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
        new PieceJournal(folder), new RhythmStore.Room(100_000, 5_000_000), List::of);
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
        List.of(new Note(0, 36, 100 / 127f), new Note(seed / 100_000.0, 127, 1)),
        java.util.Map.of(36, "kick"));
  }
}
