package org.latentspace.training.data.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.model.Grid;
import org.latentspace.proto.ImportReport;
import org.latentspace.training.data.BuiltIn;
import org.latentspace.training.data.Piece;
import org.latentspace.training.data.RhythmStore;
import org.latentspace.training.data.outlet.PieceJournal;
import org.latentspace.training.rhythm.KitMap;

class FolderImportTest {
  private static final KitMap KIT = KitMap.parse("kick = 36\nsnare = 38");

  @TempDir Path folder;
  private Path root;
  private RhythmStore store;

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectories(folder.resolve("import"));
    store =
        new RhythmStore(
            new PieceJournal(folder.resolve("data")), new RhythmStore.Room(100, 100_000), List::of);
    Path deep = Files.createDirectories(root.resolve("band/one"));
    List<BuiltIn.MidiFile> grooves = BuiltIn.files();
    Files.write(deep.resolve("a.mid"), grooves.get(0).bytes());
    Files.write(deep.resolve("b, too.MIDI"), grooves.get(1).bytes());
    Files.writeString(deep.resolve("broken.mid"), "no");
    Files.writeString(deep.resolve("readme.txt"), "no");
    Files.write(folder.resolve("secret.mid"), grooves.get(2).bytes());
    Files.writeString(
        root.resolve("band/info.csv"),
        "drummer,style,midi_filename,split\r\n"
            + "anna,jazz/funk,one/a.mid,train\r\n"
            + "ben,\"a \"\"b\"\", c\",\"one/b, too.MIDI\",\r\n"
            + "eve,x,../../secret.mid,train\r\n");
  }

  @Test
  void filesComeInWithWhatTheTableSaysAndTheOthersAreNamed() {
    ImportReport report = run("band", "");
    assertEquals(2, report.getPiecesAdded());
    assertEquals(3, report.getFiles());
    assertEquals(1, report.getFilesSkipped());
    assertTrue(
        report.getSkipped(0).startsWith("band/one/broken.mid: not a MIDI file"),
        report.getSkippedList().toString());
    Piece a = piece("band/one/a.mid");
    assertEquals("anna", a.about().first().performer());
    assertEquals(
        List.of("drummer:anna", "split:train", "style:jazz/funk", "visit"),
        List.copyOf(a.about().tags()));
    assertTrue(piece("band/one/b, too.MIDI").about().tags().contains("style:a \"b\", c"));
    assertEquals(1, report.getPiecesByTagOrThrow("style:jazz/funk"));
    assertEquals(Map.of("4/4", 16), report.getBarsByMetreMap());
    assertEquals(14, report.getLoops() + report.getLoopsTooFewOnsets());
    assertTrue(report.containsUnmappedKeys(42), report.getUnmappedKeysMap().toString());
    assertTrue(report.getNotes() > 0);
    store.close();
  }

  @Test
  void otherFileNamesRemarksAndPiecesWithoutLoopsAreNamed() throws IOException {
    Path songs = Files.createDirectories(root.resolve("songs"));
    Files.write(songs.resolve("a.KAR"), midi(0, 8));
    Files.write(songs.resolve("b.rmi"), riff(midi(0, 5)));
    Files.write(songs.resolve("c.smf"), midi(0, 6));
    byte[] miscounted = midi(0, 7);
    miscounted[11] = 2;
    Files.write(songs.resolve("d.mid"), miscounted);
    Files.write(songs.resolve("short.mid"), midi(0, 1));
    Files.write(songs.resolve("strange.mid"), midi(12, 7));
    ImportReport report = run("songs", "");
    assertEquals(6, report.getPiecesAdded());
    assertEquals(4, report.getLoops());
    assertEquals(List.of("songs/d.mid: it claims 2 tracks and has 1"), report.getRemarksList());
    assertEquals(
        List.of(
            "songs/short.mid: a loop is 2 bars of 4/4, it has 1 in a row",
            "songs/strange.mid: the kit has none of its strokes"),
        report.getWithoutLoopsList());
    assertEquals(2, report.getPiecesWithoutLoops());
    store.close();
  }

  /** A kick, that many keys higher, on each of the first beats of a file of 1 tick a quarter. */
  private static byte[] midi(int higher, int beats) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 1, 0, 1});
    bytes.writeBytes(new byte[] {'M', 'T', 'r', 'k', 0, 0, 0, (byte) (4 * beats + 4)});
    for (int beat = 0; beat < beats; beat++) {
      bytes.writeBytes(new byte[] {(byte) Math.min(beat, 1), (byte) 0x99, (byte) (36 + higher), 9});
    }
    bytes.writeBytes(new byte[] {0, (byte) 0xFF, 0x2F, 0});
    return bytes.toByteArray();
  }

  private static byte[] riff(byte[] midi) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {'R', 'I', 'F', 'F', 0, 0, 0, 0, 'R', 'M', 'I', 'D'});
    bytes.writeBytes(new byte[] {'d', 'a', 't', 'a', (byte) midi.length, 0, 0, 0});
    bytes.writeBytes(midi);
    return bytes.toByteArray();
  }

  @Test
  void aPerformerWhoIsGivenHolds() {
    run("band/one", "cem");
    assertEquals("cem", piece("band/one/a.mid").about().first().performer());
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", "band/..", "/", "/etc", "band//one", "./band", "band/./one", "a\\b", "a\0"})
  void aPathThatCouldLeadOutIsRefused(String path) {
    assertThrows(IllegalArgumentException.class, () -> run(path, ""));
    store.close();
  }

  @Test
  void linksAreNotFollowedOut() throws IOException {
    Files.createSymbolicLink(root.resolve("out"), folder);
    Files.createSymbolicLink(root.resolve("band/one/c.mid"), folder.resolve("secret.mid"));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> run("out", ""));
    assertTrue(refusal.getMessage().contains("leads out"), refusal.getMessage());
    ImportReport report = run("", "");
    assertEquals(2, report.getPiecesAdded());
    assertTrue(
        report.getSkippedList().stream()
            .anyMatch(line -> line.startsWith("band/one/c.mid: it is no")),
        report.getSkippedList().toString());
    store.close();
  }

  @Test
  void aFolderThatIsNotThereIsAnsweredWithThoseThatAre() {
    NoSuchElementException refusal =
        assertThrows(NoSuchElementException.class, () -> run("bend", ""));
    assertTrue(refusal.getMessage().contains("there is band"), refusal.getMessage());
    store.close();
  }

  private ImportReport run(String path, String performer) {
    MidiImport coming = new MidiImport(store, 1, Instant.EPOCH);
    MidiImport.Label label = new MidiImport.Label(List.of("visit"), performer, KIT, Grid.STANDARD);
    new FolderImport(root).run(path, coming, label);
    return coming.finish();
  }

  private Piece piece(String name) {
    return store.pieces().stream()
        .filter(piece -> piece.about().first().name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
