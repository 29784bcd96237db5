package org.latentspace.training.midi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.model.Grid;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;
import org.latentspace.training.rhythm.Windows;

class MidiFileReaderTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 24, 96, 100, 127})
  void anyResolutionGivesQuarterNotes(int ticks) throws MidiFileException {
    byte[] bytes = Smf.header(0, 1, ticks).track(0, 0x99, 36, 127, ticks, 0x99, 38, 127).bytes();
    assertEquals(
        List.of(new Note(0, 36, 1), new Note(1, 38, 1)), MidiFileReader.read("a", bytes).notes());
  }

  @Test
  void runningStatusGoesOnBehindOtherEventsAndVelocityNoughtIsAnEnd() throws MidiFileException {
    byte[] bytes =
        Smf.file(0, 0x99, 36, 100, 120, 36, 0, 120, 38, 64, 0, 0xFF, 1, 1, 65, 120, 42, 32);
    List<Note> notes = MidiFileReader.read("a", bytes).notes();
    assertEquals(List.of(36, 38, 42), notes.stream().map(Note::key).toList());
    assertEquals(List.of(0.0, 0.5, 0.75), notes.stream().map(Note::quarter).toList());
  }

  @Test
  void tracksAreOnePieceAndEmptyOnesAreNoHarm() throws MidiFileException {
    byte[] bytes =
        Smf.header(1, 4, 480)
            .track(0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40)
            .claiming(0)
            .track(0x83, 0x60, 0x99, 38, 90)
            .text("XFIH")
            .uint32(3)
            .raw(1, 2, 3)
            .claiming(4, 0, 0x99, 36, 90)
            .bytes();
    Song song = MidiFileReader.read("a", bytes);
    assertEquals(60, song.bpm());
    assertEquals(List.of(36, 38), song.notes().stream().map(Note::key).toList());
  }

  @Test
  void whereThereAreDrumsTheOtherChannelsAreLeftOutAndCounted() throws MidiFileException {
    byte[] both = Smf.file(0, 0x90, 60, 100, 0, 0x99, 36, 100, 0, 0x91, 61, 90);
    MidiFileReader.Read read = MidiFileReader.readAll("a", both);
    assertEquals(1, read.song().notes().size());
    assertEquals(2, read.otherChannels());
    MidiFileReader.Read pads = MidiFileReader.readAll("a", Smf.file(0, 0x90, 36, 100));
    assertEquals(1, pads.song().notes().size());
    assertEquals(0, pads.otherChannels());
  }

  @Test
  void tempoChangesMoveNoStrokeOnTheGridAndEachLoopHasItsOwnTempo() throws MidiFileException {
    // 480 ticks a quarter, two bars of 4/4: the second at 60 instead of 120 a minute.
    byte[] bytes =
        Smf.header(1, 2, 480)
            .track(0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20, 0x8F, 0x00, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40)
            .track(0, 0x99, 36, 100, 0x8F, 0x00, 36, 100, 0x83, 0x60, 36, 100)
            .bytes();
    Song song = MidiFileReader.read("a", bytes);
    assertEquals(List.of(120.0, 60.0), song.tempi().stream().map(Song.Tempo::bpm).toList());
    List<Example> bars =
        new Windows(new Grid(1, 4, 4, 12), KitMap.parse("kick = 36"), 1).add(song).cut().examples();
    assertEquals(List.of(120.0, 60.0), bars.stream().map(Example::bpm).toList());
    assertEquals(1, bars.get(1).rhythm().onset()[0]);
    assertEquals(1, bars.get(1).rhythm().onset()[12]);
  }

  @Test
  void metreChangesCutAtTheirOwnBarLinesAndBarsAreCountedThrough() throws MidiFileException {
    // Two bars of 3/4, then 6/8, then 4/4 that is said twice.
    byte[] bytes =
        Smf.header(1, 2, 2)
            .track(
                0, 0xFF, 0x58, 4, 3, 2, 24, 8, 12, 0xFF, 0x58, 4, 6, 3, 24, 8, 6, 0xFF, 0x58, 4, 4,
                2, 24, 8, 3, 0xFF, 0x58, 4, 4, 2, 24, 8)
            .track(0, 0x99, 36, 100, 12, 36, 90, 6, 36, 80, 8, 36, 70, 7, 36, 60)
            .bytes();
    Song song = MidiFileReader.read("a", bytes);
    assertEquals(
        List.of("3/4", "6/8", "4/4"), song.metres().stream().map(m -> m.written()).toList());
    assertEquals(5, song.bars());
    assertEquals(List.of(0, 1), bars(song, new Grid(1, 3, 4, 12)));
    assertEquals(List.of(2), bars(song, new Grid(1, 6, 8, 6)));
    assertEquals(List.of(3, 4), bars(song, new Grid(1, 4, 4, 12)));
    assertEquals(List.of(), bars(song, new Grid(1, 5, 4, 12)));
  }

  @Test
  void allGridsOfAllMetresTakeStrokesWhereTheyLie() {
    for (int[] metre : new int[][] {{4, 4}, {3, 4}, {5, 4}, {6, 8}, {7, 8}}) {
      for (int bars : new int[] {1, 2, 4, 8}) {
        for (int steps : new int[] {4, 6, 8, 12, 24}) {
          Grid grid = new Grid(bars, metre[0], metre[1], steps);
          double last = (grid.steps() - 1 + 0.25) / grid.stepsPerQuarter();
          Song song =
              new Song(
                  "a",
                  100,
                  bars * metre[0] * 4.0 / metre[1],
                  List.of(new Song.Metre(0, metre[0], metre[1])),
                  List.of(new Note(0, 36, 1), new Note(last, 36, 0.5f)));
          List<Example> loops =
              new Windows(grid, KitMap.parse("kick = 36"), 1).add(song).cut().examples();
          assertEquals(1, loops.size(), grid.toString());
          assertEquals(1, loops.get(0).rhythm().onset()[0]);
          assertEquals(0.5f, loops.get(0).rhythm().offset()[grid.steps() - 1], 1e-5);
        }
      }
    }
  }

  private static List<Integer> bars(Song song, Grid grid) {
    Windows.Cut cut = new Windows(grid, KitMap.parse("kick = 36"), 0).add(song).cut();
    assertTrue(cut.fate().lost() == 0, cut.fate().toString());
    return cut.examples().stream().map(Example::bar).toList();
  }
}
