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
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.training.groove.SixRobots;
import org.latentspace.training.midi.MidiFileException;
import org.latentspace.training.midi.MidiFileReader;
import org.latentspace.training.rhythm.Song.Note;

/** Notes → grid → notes: how many come back, and how near. */
class RoundTripTest {

  @Test
  void theExampleSetComesBackWhole() throws IOException {
    Outcome outcome = new Outcome(kit("six-robots"));
    SixRobots.songs().forEach(outcome::add);
    assertEquals(0, outcome.fate.lost());
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
    for (Path file : files) {
      try {
        outcome.add(MidiFileReader.read(file.toString(), Files.readAllBytes(file)));
      } catch (MidiFileException unusable) {
        throw new AssertionError(file + ": " + unusable.getMessage(), unusable);
      }
    }
    System.out.println("GMD, notes -> grid -> notes: " + files.size() + " files, " + outcome);
    assertTrue(outcome.survived() >= 0.995, outcome.toString());
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

  /** Sums over pieces, each on the grid of its own metre. */
  private static final class Outcome {
    private final KitMap kit;
    private GridWriter.Fate fate = GridWriter.Fate.NONE;
    private long notes;
    private int farOff;
    private double farthest;
    private final Map<Integer, Integer> unmapped = new TreeMap<>();

    Outcome(KitMap kit) {
      this.kit = kit;
    }

    void add(Song song) {
      notes += song.notes().size();
      for (Song.Metre metre : song.metres().stream().distinct().toList()) {
        Grid grid = new Grid(1, metre.beats(), metre.unit(), 12);
        Windows.Cut cut = new Windows(grid, kit, 0).add(song).cut();
        fate = fate.plus(cut.fate());
        unmapped.putAll(cut.unmapped());
        for (Example example : cut.examples()) {
          compare(song, example);
        }
      }
    }

    /** Of all notes, those in no bar of their metre counted as lost. */
    double survived() {
      return (fate.kept() + fate.moved()) / (double) notes;
    }

    private void compare(Song song, Example example) {
      Grid grid = example.rhythm().grid();
      Song.Passage passage =
          song.passages().stream()
              .filter(p -> example.bar() >= p.firstBar() && example.bar() < p.firstBar() + p.bars())
              .findFirst()
              .orElseThrow();
      double start = passage.start(example.bar());
      List<List<Double>> played = new ArrayList<>();
      kit.voices().forEach(v -> played.add(new ArrayList<>()));
      for (Note note : song.notes()) {
        double step = (note.quarter() - start) * grid.stepsPerQuarter();
        if (step > -2 && step < grid.steps() + 2) {
          kit.voiceOf(note.key()).ifPresent(v -> played.get(v).add(step));
        }
      }
      double millis = grid.stepMillis(song.bpmAt(start));
      Rhythm rhythm = example.rhythm();
      for (int cell = 0; cell < rhythm.size(); cell++) {
        if (rhythm.onset()[cell] > 0) {
          double at = rhythm.position(cell);
          double nearest =
              played.get(cell % rhythm.voices()).stream()
                  .mapToDouble(step -> Math.abs(step - at) * millis)
                  .min()
                  .orElseThrow();
          farOff += nearest > 1 ? 1 : 0;
          farthest = Math.max(farthest, nearest);
        }
      }
    }

    @Override
    public String toString() {
      return notes
          + " notes, "
          + fate
          + ", survived "
          + survived()
          + ", farther than 1 ms "
          + farOff
          + " (farthest "
          + farthest
          + " ms)";
    }
  }
}
