package org.latentspace.training.groove;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentspace.training.data.BuiltIn;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;

class SixRobotsTest {
  private static final List<Song> SONGS = SixRobots.songs();

  @Test
  void theFilesOfTheProductAreWhatTheGeneratorMakesByteForByte() {
    List<SixRobots.GrooveFile> made = SixRobots.files();
    List<BuiltIn.MidiFile> files = BuiltIn.files();
    assertEquals(56, files.size());
    assertEquals(
        made.stream().map(SixRobots.GrooveFile::name).toList(),
        files.stream().map(BuiltIn.MidiFile::name).toList());
    for (int i = 0; i < files.size(); i++) {
      assertArrayEquals(made.get(i).bytes(), files.get(i).bytes(), files.get(i).name());
    }
  }

  @Test
  void thereAre448BarsAndNoneIsEmpty() {
    int bars = 0;
    for (Song song : SONGS) {
      Set<Integer> sounding = new HashSet<>();
      for (Note note : song.notes()) {
        sounding.add((int) Math.floor((note.quarter() + 0.1) / 4));
      }
      assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6, 7), sounding, song.name());
      bars += sounding.size();
    }
    assertEquals(448, bars);
  }

  @Test
  void sixVoicesSoundAndEveryGrooveHasAtLeastFour() {
    Set<Integer> all = new HashSet<>();
    for (Song song : SONGS) {
      Set<Integer> keys = new HashSet<>();
      song.notes().forEach(n -> keys.add(n.key()));
      assertTrue(keys.size() >= 4, song.name() + " has only " + keys);
      all.addAll(keys);
    }
    assertEquals(Set.of(36, 38, 42, 46, 45, 51), all);
  }

  @Test
  void velocitiesArePlayedFromGhostToAccent() {
    double[] velocities =
        SONGS.stream().flatMap(s -> s.notes().stream()).mapToDouble(Note::velocity).toArray();
    Arrays.sort(velocities);
    assertTrue(velocities[0] > 0 && velocities[velocities.length - 1] == 1);
    assertTrue(velocities[velocities.length / 20] < 0.25, "no ghosts");
    assertTrue(velocities[velocities.length * 19 / 20] > 0.8, "no accents");
    long distinct = Arrays.stream(velocities).distinct().count();
    assertTrue(distinct > 80, "only " + distinct + " different velocities");
  }

  @Test
  void strokesLieAroundTheGridAndSomeGroovesSwing() {
    double[] late =
        SONGS.stream()
            .flatMap(s -> s.notes().stream())
            .mapToDouble(
                n -> {
                  double step = n.quarter() * 12;
                  return Math.abs(step - Math.rint(step));
                })
            .toArray();
    double off = Arrays.stream(late).filter(x -> x > 0.02).count() / (double) late.length;
    assertTrue(off > 0.6, "share of strokes off the grid: " + off);
    assertTrue(Arrays.stream(late).average().orElseThrow() < 0.25, "strokes lie anywhere");
  }

  @Test
  void denseHasMoreStrokesThanSparseAndLoudIsLouderThanQuiet() {
    for (int i = 0; i < SONGS.size(); i += 4) {
      Song sparseQuiet = SONGS.get(i);
      assertTrue(strokes(SONGS.get(i + 1)) > 1.3 * strokes(sparseQuiet), sparseQuiet.name());
      assertTrue(strokes(SONGS.get(i + 3)) > 1.3 * strokes(SONGS.get(i + 2)), sparseQuiet.name());
      ToDoubleFunction<Song> loudness = SixRobotsTest::loudness;
      double quiet = loudness.applyAsDouble(sparseQuiet);
      assertTrue(loudness.applyAsDouble(SONGS.get(i + 2)) > 1.4 * quiet, sparseQuiet.name());
    }
  }

  @Test
  void noTwoGroovesAreTheSame() {
    Set<List<Note>> seen = new HashSet<>();
    IntStream.range(0, SONGS.size()).forEach(i -> assertTrue(seen.add(SONGS.get(i).notes())));
  }

  private static int strokes(Song song) {
    return song.notes().size();
  }

  private static double loudness(Song song) {
    return song.notes().stream().mapToDouble(Note::velocity).average().orElseThrow();
  }
}
