package org.latentspace.training.midi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.model.Grid;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Windows;

/** Bars of rest at the end of a file belong to it. */
class PieceEndTest {

  @ParameterizedTest(name = "last stroke at {0}, end of track at {1}: {2} bars, {3} loops")
  @CsvSource({
    "11, 16, 4, 3",
    "11, 16.25, 4, 3",
    "3, 8, 2, 1",
    "3, 7.9, 2, 1",
    "3, 5, 2, 1",
    "3, 3.25, 1, 0",
    "3.9, 4.1, 1, 0",
    "3, 4, 1, 0",
    "3, 4.002, 1, 0",
    "3, 4.9, 1, 0",
    "3, 16, 4, 1",
    "3, 400, 9, 1",
    "3, 30000, 9, 1",
    "4, 4, 2, 1"
  })
  void restsCountToTheEndOfTrack(double last, double end, int bars, int loops) throws Exception {
    Song song = song(List.of(), last, end);
    assertEquals(bars, song.bars());
    assertEquals(loops, cut(song, Grid.STANDARD, 1).size());
  }

  @ParameterizedTest(name = "loops of {0} bars")
  @CsvSource({"1, 1, 2", "2, 1, 2", "4, 1, 2", "8, 1, 2"})
  void noFartherThanALoopBeyondTheLastStroke(int bars, int struck, int all) throws Exception {
    Song song = song(List.of(), 3, 400);
    Grid grid = new Grid(bars, 4, 4, 4);
    assertEquals(struck, cut(song, grid, 1).size());
    assertEquals(all, cut(song, grid, 0).size(), "with silent ones");
  }

  @Test
  void theEndIsCountedInTheMetreThatHoldsThere() throws Exception {
    // 4/4, from the second bar on 3/4: a bar of it is struck, one more is rest.
    Song song = song(List.of(4.0), 5, 10);
    assertEquals(List.of("4/4", "3/4"), song.metres().stream().map(m -> m.written()).toList());
    assertEquals(3, song.bars());
    // A metre that begins at the very end holds nowhere.
    assertEquals(1, song(List.of(4.0), 3, 4).metres().size());
  }

  @Test
  void theTrackThatEndsLastEndsThePiece() throws Exception {
    byte[] bytes =
        Smf.header(1, 2, 2).track(16, 0xFF, 1, 0).track(0, 0x99, 36, 100, 2, 36, 0).bytes();
    assertEquals(8, MidiFileReader.read("two tracks", bytes).quarters());
  }

  @Test
  void aFirstTempoThatComesLateHoldsFromThereOn() throws Exception {
    byte[] bytes =
        Smf.header(0, 1, 2)
            .track(
                0, 0x99, 36, 100, 16, 36, 100, 0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40, 8, 36, 100, 8,
                0xFF, 1, 0)
            .bytes();
    Song song = MidiFileReader.read("late", bytes);
    assertEquals(List.of(new Song.Tempo(0, 120), new Song.Tempo(8, 60)), song.tempi());
    assertEquals(
        List.of(120.0, 120.0, 60.0),
        cut(song, Grid.STANDARD, 1).stream().map(Example::bpm).toList());
  }

  /** A stroke at 0 and one at the last place; 3/4 from the given places on. 480 ticks. */
  private static Song song(List<Double> threes, double last, double end) throws Exception {
    Smf metres = Smf.header(1, 2, 480);
    int[] events = {};
    if (!threes.isEmpty()) {
      int[] delta = delta(threes.get(0));
      events = join(delta, new int[] {0xFF, 0x58, 4, 3, 2, 24, 8});
    }
    metres.track(events);
    int[] strokes = {0, 0x99, 36, 100};
    strokes = join(strokes, join(delta(last), new int[] {36, 100}));
    strokes = join(strokes, join(delta(end - last), new int[] {36, 0}));
    return MidiFileReader.read("a", metres.track(strokes).bytes());
  }

  private static int[] delta(double quarters) {
    long ticks = Math.round(quarters * 480);
    return new int[] {
      (int) (0x80 | ticks >> 21 & 0x7F),
      (int) (0x80 | ticks >> 14 & 0x7F),
      (int) (0x80 | ticks >> 7 & 0x7F),
      (int) (ticks & 0x7F)
    };
  }

  private static int[] join(int[] a, int[] b) {
    int[] both = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static List<Example> cut(Song song, Grid grid, int minOnsets) {
    KitMap kit = KitMap.parse("kick = 36");
    return new Windows(grid, kit, minOnsets).add(song).cut().examples();
  }
}
