package org.latentspace.training.rhythm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.model.Grid;

class ExampleFileTest {
  private static final Grid GRID = new Grid(2, 7, 8, 6);
  private static final List<String> VOICES = List.of("kick", "Glöckchen", "ride");

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path file = folder.resolve("x.examples");
    List<Example> examples = examples(50);
    ExampleFile.write(file, GRID, VOICES, examples);
    ExampleFile.Content content = ExampleFile.read(file);
    assertEquals(GRID, content.grid());
    assertEquals(VOICES, content.voices());
    assertEquals(50, content.examples().size());
    for (int i = 0; i < 50; i++) {
      Example wanted = examples.get(i);
      Example read = content.examples().get(i);
      assertEquals(
          wanted.song() + wanted.bar() + wanted.bpm(), read.song() + read.bar() + read.bpm());
      assertArrayEquals(wanted.rhythm().onset(), read.rhythm().onset());
      assertArrayEquals(wanted.rhythm().velocity(), read.rhythm().velocity());
      assertArrayEquals(wanted.rhythm().offset(), read.rhythm().offset());
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList(), "no draft is left behind");
    }
  }

  @Test
  void noDamageGoesUnnoticed() throws IOException {
    Path file = folder.resolve("x.examples");
    ExampleFile.write(file, GRID, VOICES, examples(5));
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at += 1 + good.length / 300) {
      byte[] bad = good.clone();
      bad[at] ^= 0x11;
      assertRefused(file, bad);
      assertRefused(file, java.util.Arrays.copyOf(good, at));
    }
    assertRefused(file, java.util.Arrays.copyOf(good, good.length + 1));
  }

  private static void assertRefused(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    assertThrows(IOException.class, () -> ExampleFile.read(file));
  }

  private static List<Example> examples(int count) {
    Random random = new Random(4);
    List<Example> examples = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Rhythm rhythm = Rhythm.silent(GRID, 3);
      for (int i = random.nextInt(9); i < rhythm.size(); i += 1 + random.nextInt(9)) {
        rhythm.onset()[i] = 1;
        rhythm.velocity()[i] = random.nextFloat();
        rhythm.offset()[i] = 2 * random.nextFloat() - 1;
      }
      examples.add(new Example("song " + n, n, 60 + n, rhythm));
    }
    return examples;
  }
}
