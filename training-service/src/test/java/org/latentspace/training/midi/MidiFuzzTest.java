package org.latentspace.training.midi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.training.data.BuiltIn;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Windows;

/** Thousands of damaged files, the same every time: a file is read, or refused with a reason. */
class MidiFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final long SECONDS = 8;
  private static final int[] TEMPTING = {0, 1, 0x7F, 0x80, 0xFF, 0xF0, 0xF7, 0x51, 0x58, 0x2F};

  @Test
  void onlyRefusalsComeOutOfDamagedFiles() throws IOException {
    List<byte[]> seeds = seeds();
    KitMap kit = KitMap.parse("kick = 36\nsnare = 38");
    Map<String, Integer> reasons = new HashMap<>();
    long end = System.nanoTime() + SECONDS * 1_000_000_000;
    int round = 0;
    int read = 0;
    for (; round < ROUNDS && System.nanoTime() < end; round++) {
      Random random = new Random(round);
      byte[] damaged = damaged(seeds.get(random.nextInt(seeds.size())), random);
      try {
        Song song = MidiFileReader.read("damaged", damaged);
        read++;
        if (round % 16 == 0) {
          new Windows(Grid.STANDARD, kit, 1).add(song).cut();
        }
      } catch (MidiFileException refused) {
        reasons.merge(refused.getMessage().replaceAll("[0-9a-fx^]+", "#"), 1, Integer::sum);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError escaped) {
        throw new AssertionError("round " + round + ": " + escaped, escaped);
      }
    }
    System.out.println(
        round + " damaged MIDI files: " + read + " read, " + reasons.size() + " kinds of refusal");
    assertTrue(round >= 1000, "only " + round + " rounds");
    assertTrue(reasons.size() >= 10, reasons.toString());
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      // The heads of header and track are where a file can lie most.
      int place = random.nextInt(3) == 0 ? Math.min(at, 30) : at;
      switch (random.nextInt(5)) {
        case 0 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[place] = (byte) TEMPTING[random.nextInt(TEMPTING.length)];
        case 2 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
        case 3 -> {
          int length = Math.min(random.nextInt(64), bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
        }
        default -> {
          byte[] longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(64));
          System.arraycopy(
              bytes, at, longer, longer.length - (bytes.length - at), bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }

  private static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    BuiltIn.files().stream().limit(8).forEach(file -> seeds.add(file.bytes()));
    seeds.add(
        Smf.header(1, 3, 96)
            .track(0, 0xFF, 0x51, 3, 7, 0xA1, 0x20, 96, 0xFF, 0x58, 4, 6, 3, 24, 8)
            .track()
            .track(0, 0x99, 36, 100, 10, 36, 0, 20, 38, 90, 0, 0xF0, 2, 1, 0xF7, 0, 0xC9, 1)
            .bytes());
    String named = System.getProperty("LSE_TEST_DATA", System.getenv("LSE_TEST_DATA"));
    Path gmd = (named == null ? Path.of("../../shared/data") : Path.of(named)).resolve("gmd");
    if (Files.isDirectory(gmd)) {
      try (Stream<Path> all = Files.walk(gmd)) {
        for (Path file :
            all.filter(f -> f.toString().endsWith("4-4.mid")).sorted().limit(8).toList()) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    } else {
      System.out.println("no Groove MIDI Dataset below LSE_TEST_DATA: own files are damaged alone");
    }
    return seeds;
  }
}
