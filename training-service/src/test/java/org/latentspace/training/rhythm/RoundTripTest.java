package org.latentspace.training.rhythm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latentspace.training.groove.SixRobots;
import org.latentspace.training.midi.MidiFileException;
import org.latentspace.training.midi.MidiFileReader;

/** Notes → grid → notes: how many come back, and how near. */
class RoundTripTest {
  private static final int EVERY = 5;

  @Test
  void theExampleSetComesBackWhole() throws IOException {
    Outcome outcome = new Outcome(kit("six-robots"));
    SixRobots.songs().forEach(outcome::add);
    assertEquals(1, outcome.fate.survived());
    assertEquals(0, outcome.fate.moved());
    assertEquals(0, outcome.farOff);
    assertEquals(Map.of(), outcome.unmapped);
  }

  @Test
  void ofPlayedDrummingAtLeast995InAThousandComeBack() throws IOException {
    Path gmd = data().resolve("gmd");
    assumeTrue(Files.isDirectory(gmd), "no Groove MIDI Dataset below LSE_TEST_DATA: " + gmd);
    Outcome outcome = new Outcome(kit("roland-td"));
    List<Path> files;
    try (Stream<Path> all = Files.walk(gmd)) {
      files = all.filter(f -> f.toString().endsWith(".mid")).sorted().toList();
    }
    for (int i = 0; i < files.size(); i += EVERY) {
      try {
        outcome.add(MidiFileReader.read(files.get(i).toString(), Files.readAllBytes(files.get(i))));
      } catch (MidiFileException unusable) {
        throw new AssertionError(files.get(i) + ": " + unusable.getMessage(), unusable);
      }
    }
    System.out.println(
        "GMD, every "
            + EVERY
            + "th file: "
            + outcome.fate
            + ", survived "
            + outcome.fate.survived()
            + ", farther than 1 ms "
            + outcome.farOff);
    assertTrue(outcome.fate.survived() >= 0.995, outcome.fate.toString());
    assertTrue(outcome.farOff <= outcome.fate.moved(), outcome.farOff + " are out of place");
    assertEquals(Map.of(), outcome.unmapped, "keys that the kit lacks");
  }

  private static Path data() {
    String named = System.getProperty("LSE_TEST_DATA", System.getenv("LSE_TEST_DATA"));
    return named == null ? Path.of("../../shared/data") : Path.of(named);
  }

  private static KitMap kit(String name) throws IOException {
    try (InputStream in = RoundTripTest.class.getResourceAsStream("/kits/" + name + ".kit")) {
      return KitMap.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Sums over pieces. */
  private static final class Outcome {
    private final KitMap kit;
    private GridWriter.Fate fate = GridWriter.Fate.NONE;
    private int farOff;
    private final Map<Integer, Integer> unmapped = new java.util.TreeMap<>();

    Outcome(KitMap kit) {
      this.kit = kit;
    }

    void add(Song song) {
      Windows.Cut cut = new Windows(Grid.STANDARD, kit, 0).add(song).cut();
      fate = fate.plus(cut.fate());
      cut.unmapped().forEach((key, count) -> unmapped.merge(key, count, Integer::sum));
      for (Example example : cut.examples()) {
        if (example.bar() % 2 == 0) {
          farOff += farOff(song, example);
        }
      }
    }

    private int farOff(Song song, Example example) {
      List<List<Double>> played = new ArrayList<>();
      kit.voices().forEach(v -> played.add(new ArrayList<>()));
      double start = song.metres().get(0).quarter() + example.bar() * 4.0;
      for (Note note : song.notes()) {
        kit.voiceOf(note.key()).ifPresent(v -> played.get(v).add((note.quarter() - start) * 12));
      }
      double millis = Grid.STANDARD.stepMillis(song.bpm());
      Rhythm rhythm = example.rhythm();
      int far = 0;
      for (int cell = 0; cell < rhythm.size(); cell++) {
        if (rhythm.onset()[cell] > 0) {
          double at = rhythm.position(cell);
          double nearest =
              played.get(cell % rhythm.voices()).stream()
                  .mapToDouble(step -> Math.abs(step - at) * millis)
                  .min()
                  .orElseThrow();
          far += nearest > 1 ? 1 : 0;
        }
      }
      return far;
    }
  }
}
