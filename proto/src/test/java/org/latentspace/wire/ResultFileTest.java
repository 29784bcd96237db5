package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
  private static final byte[] NEW = {1, 2, 3};

  @TempDir Path folder;

  @Test
  void nothingIsTouchedBeforeTheResultBegins() throws Exception {
    Path old = Files.writeString(folder.resolve("x.csv"), "old");
    ResultFile result = new ResultFile(old, true);
    assertEquals("old", Files.readString(old));
    assertEquals(old.toRealPath(), result.begin(NEW));
    assertArrayEquals(NEW, Files.readAllBytes(old));
    assertNames("x.csv");
  }

  @Test
  void onlyTheFirstResultReplacesAndOnlyWhereItMay() throws Exception {
    Path old = Files.writeString(folder.resolve("x"), "old");
    ResultFile careful = new ResultFile(old, false);
    assertEquals("x-2", careful.begin(NEW).getFileName().toString());
    assertEquals("x-3", careful.begin(NEW).getFileName().toString());
    ResultFile replacing = new ResultFile(old, true);
    assertEquals("x", replacing.begin(NEW).getFileName().toString());
    assertEquals("x-4", replacing.begin(NEW).getFileName().toString());
    assertNames("x", "x-2", "x-3", "x-4");
  }

  @Test
  void aLinkStaysAndWhatItLeadsToIsReplaced() throws Exception {
    Path old = Files.writeString(folder.resolve("real.mid"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.mid"), old);
    new ResultFile(link, true).begin(NEW);
    assertTrue(Files.isSymbolicLink(link));
    assertArrayEquals(NEW, Files.readAllBytes(old));
  }

  @Test
  void aPlaceThatCannotBeIsRefusedWithAReason() {
    assertReason("is a folder", folder);
    assertReason("no such folder", folder.resolve("none/x.csv"));
    assertReason("is no file", Path.of("/dev/null"));
  }

  private void assertNames(String... names) {
    String[] found = folder.toFile().list();
    Arrays.sort(found);
    assertArrayEquals(names, found, "nothing is left beside");
  }

  private static void assertReason(String reason, Path path) {
    assertEquals(
        reason, assertThrows(IOException.class, () -> new ResultFile(path, true)).getMessage());
  }
}
