package org.latentspace.explorer.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairFileTest {
  @TempDir Path folder;

  private static PairFile.Change change(String text) {
    return new PairFile.Change((byte) 1, text.getBytes(StandardCharsets.UTF_8));
  }

  private static PairFile open(Path folder, List<String> read) throws IOException {
    return new PairFile(
        folder, change -> read.add(new String(change.body(), StandardCharsets.UTF_8)));
  }

  private static List<String> reopened(Path folder) throws IOException {
    List<String> read = new ArrayList<>();
    open(folder, read).close();
    return read;
  }

  private byte[] written(String... texts) throws IOException {
    try (PairFile file = open(folder, new ArrayList<>())) {
      for (String text : texts) {
        file.append(true, change(text));
      }
    }
    return Files.readAllBytes(folder.resolve(PairFile.NAME));
  }

  @Test
  void atWhateverByteACrashTearsItWhatWasWholeIsReadAndWritingGoesOn() throws IOException {
    byte[] whole = written("first", "second", "third");
    List<String> all = List.of("first", "second", "third");
    for (int length = 0; length <= whole.length; length++) {
      Path crashed = Files.createDirectory(folder.resolve("at-" + length));
      Files.write(crashed.resolve(PairFile.NAME), Arrays.copyOf(whole, length));
      List<String> read = new ArrayList<>();
      try (PairFile file = open(crashed, read)) {
        assertEquals(all.subList(0, read.size()), read);
        int ends = 8;
        int expected = 0;
        for (String text : all) {
          ends += 9 + text.length();
          expected += length >= ends ? 1 : 0;
        }
        assertEquals(expected, read.size(), "torn at " + length);
        file.append(true, change("after"));
      }
      read.add("after");
      assertEquals(read, reopened(crashed));
    }
  }

  @Test
  void aDamagedChangeInTheMiddleIsLeftOutAlone() throws IOException {
    byte[] bytes = written("first", "second", "third");
    bytes[8 + 14 + 9 + 2] ^= 1;
    Files.write(folder.resolve(PairFile.NAME), bytes);
    assertEquals(List.of("first", "third"), reopened(folder));
  }

  @Test
  void whatNoCrashCanHaveTornIsLaidAside() throws IOException {
    String[] many = new String[200];
    Arrays.fill(many, "x".repeat(1000));
    byte[] bytes = written(many);
    bytes[8] = 127;
    Files.write(folder.resolve(PairFile.NAME), bytes);
    assertEquals(List.of(), reopened(folder));
    assertEquals(bytes.length, Files.size(folder.resolve(PairFile.NAME + ".damaged")));
  }

  @Test
  void aFileOfSomebodyElseIsRefusedAndLeftAsItIs() throws IOException {
    Path file = folder.resolve(PairFile.NAME);
    Files.writeString(file, "a letter to grandmother");
    IOException no = assertThrows(IOException.class, () -> reopened(folder));
    assertTrue(no.getMessage().endsWith("is no file of pairs"), no.getMessage());
    assertEquals("a letter to grandmother", Files.readString(file));
  }

  @Test
  void twoCannotHaveItAtTheSameTime() throws IOException {
    try (PairFile one = open(folder, new ArrayList<>())) {
      IOException no = assertThrows(IOException.class, () -> reopened(folder));
      assertTrue(no.getMessage().contains("used by another"), no.getMessage());
      one.append(true, change("still mine"));
    }
    assertEquals(List.of("still mine"), reopened(folder));
  }

  @Test
  void isRewrittenAllOrNothing() throws IOException {
    try (PairFile file = open(folder, new ArrayList<>())) {
      file.append(true, change("old"));
      file.rewrite(List.of(change("a"), change("b")));
      file.append(true, change("c"));
      assertThrows(IOException.class, () -> file.rewrite(List.of(change("y".repeat(100_000)))));
      file.append(true, change("d"));
    }
    assertEquals(List.of("a", "b", "c", "d"), reopened(folder));
  }

  @Test
  void noBytesWhateverStopTheStart() throws IOException {
    Random random = new Random(3);
    byte[] whole = written("first", "second", "third");
    for (int i = 0; i < 100; i++) {
      byte[] bytes = whole.clone();
      for (int hit = 0; hit < 1 + i % 5; hit++) {
        bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
      }
      Path crashed = Files.createDirectory(folder.resolve("fuzz-" + i));
      Files.write(crashed.resolve(PairFile.NAME), bytes);
      assertTrue(reopened(crashed).size() <= 3);
    }
    assertFalse(Files.exists(folder.resolve("fuzz-0").resolve(PairFile.NAME + ".next")));
  }
}
