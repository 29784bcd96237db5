package org.latentspace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theNewFileTakesThePlaceOfTheOldOneAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("a/b.json");
    AtomicFile.write(file, bytes("old and longer"));
    AtomicFile.write(file, bytes("new"));
    assertEquals("new", Files.readString(file));
    try (Stream<Path> all = Files.list(file.getParent())) {
      assertEquals(List.of(file), all.toList());
    }
  }

  @Test
  void aDraftThatACrashHasLeftIsWrittenOver() throws IOException {
    Files.writeString(
        folder.resolve("b.json.draft"), "half of a longer draft that was never moved");
    AtomicFile.write(folder.resolve("b.json"), bytes("whole"));
    assertEquals("whole", Files.readString(folder.resolve("b.json")));
  }

  @Test
  void whatCannotBeWrittenLeavesTheOldOne() throws IOException {
    Path file = folder.resolve("c.json");
    AtomicFile.write(file, bytes("old"));
    Files.createDirectory(folder.resolve("c.json.draft"));
    assertThrows(IOException.class, () -> AtomicFile.write(file, bytes("new")));
    assertEquals("old", Files.readString(file));
  }
}
