package org.latentspace.training.rhythm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.training.rhythm.Song.Metre;
import org.latentspace.training.rhythm.Song.Note;

class WindowsTest {
  private final KitMap kit = KitMap.parse("kick = 36");

  @Test
  void hopsOneBarAndCountsKeysThatTheKitLacks() {
    Windows.Cut cut = cut(Grid.STANDARD, 1, song("a", 16, List.of(new Metre(0, 4, 4))));
    assertEquals(List.of(0, 1, 2), cut.examples().stream().map(Example::bar).toList());
    assertEquals(Map.of(99, 16), cut.unmapped());
    assertEquals(new GridWriter.Fate(16, 0, 0), cut.fate());
  }

  @Test
  void takesOnlyPassagesInTheGridsMetre() {
    List<Metre> metres = List.of(new Metre(0, 3, 4), new Metre(6, 4, 4), new Metre(14, 6, 8));
    assertEquals(1, cut(Grid.STANDARD, 1, song("a", 20, metres)).examples().size());
    assertEquals(1, cut(new Grid(2, 3, 4, 12), 1, song("a", 20, metres)).examples().size());
    Windows.Cut eighths = cut(new Grid(1, 6, 8, 6), 1, song("a", 20, metres));
    assertEquals(2, eighths.examples().size());
    assertEquals(3, eighths.examples().get(0).rhythm().strokes());
  }

  @Test
  void anEarlyDownbeatBelongsToItsBar() {
    Song song = new Song("a", 120, 16, List.of(new Metre(0, 4, 4)), List.of(note(7.98)));
    Windows.Cut cut = cut(Grid.STANDARD, 0, song);
    assertEquals(0, cut.examples().get(0).rhythm().strokes());
    assertEquals(1, cut.examples().get(2).rhythm().onset()[0]);
    assertTrue(cut.examples().get(2).rhythm().offset()[0] < 0);
  }

  @Test
  void leavesOutWindowsWithTooFewStrokes() {
    Song song = new Song("a", 120, 16, List.of(new Metre(0, 4, 4)), List.of(note(9)));
    Windows.Cut cut = cut(Grid.STANDARD, 1, song);
    assertEquals(2, cut.examples().size());
    assertEquals(1, cut.tooFew());
  }

  @Test
  void aPieceIsEitherLearnedFromOrCheckedWith() {
    List<Song> songs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      songs.add(song("song" + i, 32, List.of(new Metre(0, 4, 4))));
    }
    Windows windows = new Windows(Grid.STANDARD, kit, 1);
    songs.forEach(windows::add);
    DataSet data = DataSet.of(Grid.STANDARD, kit, windows.cut());
    DataSet.Split split = data.split(0.25, 7);
    List<String> held = split.validation().stream().map(Example::song).distinct().toList();
    assertEquals(2, held.size());
    assertFalse(split.training().stream().anyMatch(e -> held.contains(e.song())));
    assertEquals(data.examples().size(), split.training().size() + split.validation().size());
    assertEquals(split, data.split(0.25, 7));
    DataSet alone =
        new DataSet(data.grid(), kit.voices(), data.examples().subList(0, 3), data.strokes());
    assertEquals(3, alone.split(0.9, 1).training().size(), "one piece is not held back");
  }

  private Windows.Cut cut(Grid grid, int minOnsets, Song song) {
    return new Windows(grid, kit, minOnsets).add(song).cut();
  }

  private static Song song(String name, int quarters, List<Metre> metres) {
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < quarters; i++) {
      notes.add(note(i));
      notes.add(new Note(i, 99, 1));
    }
    return new Song(name, 120, quarters, metres, notes);
  }

  private static Note note(double quarter) {
    return new Note(quarter, 36, 0.8f);
  }
}
