package org.latentspace.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  private static final String NAME = "some.journal";

  @TempDir Path folder;

  private static byte[] change(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JournalFile open(Path folder, List<String> read) throws IOException {
    return new JournalFile(
        folder.resolve(NAME), bytes -> read.add(new String(bytes, StandardCharsets.UTF_8)));
  }

  private static List<String> reopened(Path folder) throws IOException {
    List<String> read = new ArrayList<>();
    open(folder, read).close();
    return read;
  }

  private byte[] written(String... texts) throws IOException {
    try (JournalFile file = open(folder, new ArrayList<>())) {
      for (String text : texts) {
        file.append(true, change(text));
      }
    }
    return Files.readAllBytes(folder.resolve(NAME));
  }

  @Test
  void atWhateverByteACrashTearsItWhatWasWholeIsReadAndWritingGoesOn() throws IOException {
    byte[] whole = written("first", "second", "third");
    List<String> all = List.of("first", "second", "third");
    for (int length = 0; length <= whole.length; length++) {
      Path crashed = Files.createDirectory(folder.resolve("at-" + length));
      Files.write(crashed.resolve(NAME), Arrays.copyOf(whole, length));
      List<String> read = new ArrayList<>();
      try (JournalFile file = open(crashed, read)) {
        assertEquals(all.subList(0, read.size()), read);
        int ends = 8;
        int expected = 0;
        for (String text : all) {
          ends += 8 + text.length();
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
    bytes[8 + 13 + 8 + 2] ^= 1;
    Files.write(folder.resolve(NAME), bytes);
    assertEquals(List.of("first", "third"), reopened(folder));
    assertEquals(bytes.length, Files.size(folder.resolve(NAME + ".damaged")));
  }

  @Test
  void whatNoCrashCanHaveTornIsLaidAside() throws IOException {
    String[] many = new String[200];
    Arrays.fill(many, "x".repeat(1000));
    byte[] bytes = written(many);
    bytes[8] = 127;
    Files.write(folder.resolve(NAME), bytes);
    assertEquals(List.of(), reopened(folder));
    assertEquals(bytes.length, Files.size(folder.resolve(NAME + ".damaged")));
  }

  @Test
  void aFileOfSomebodyElseIsRefusedAndLeftAsItIs() throws IOException {
    Path file = folder.resolve(NAME);
    Files.writeString(file, "a letter to grandmother");
    IOException no = assertThrows(IOException.class, () -> reopened(folder));
    assertTrue(no.getMessage().endsWith("is no journal of this product"), no.getMessage());
    assertEquals("a letter to grandmother", Files.readString(file));
  }

  @Test
  void twoCannotHaveItAtTheSameTime() throws IOException {
    try (JournalFile one = open(folder, new ArrayList<>())) {
      IOException no = assertThrows(IOException.class, () -> reopened(folder));
      assertTrue(no.getMessage().contains("in use by this process"), no.getMessage());
      one.append(true, change("still mine"));
    }
    assertEquals(List.of("still mine"), reopened(folder));
  }

  @Test
  void isRewrittenAllOrNothing() throws IOException {
    try (JournalFile file = open(folder, new ArrayList<>())) {
      file.append(true, change("old"));
      file.rewrite(List.of(change("a"), change("b")));
      file.append(true, change("c"));
      Iterable<byte[]> gone =
          () -> {
            throw new UncheckedIOException(new IOException("what is to be written cannot be had"));
          };
      assertThrows(UncheckedIOException.class, () -> file.rewrite(gone));
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
      Files.write(crashed.resolve(NAME), bytes);
      assertTrue(reopened(crashed).size() <= 3);
    }
    assertFalse(Files.exists(folder.resolve("fuzz-0").resolve(NAME + ".draft")));
  }
}
