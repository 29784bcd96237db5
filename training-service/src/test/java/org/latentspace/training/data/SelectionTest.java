package org.latentspace.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.training.data.Browser.Loop;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.Piece.Item;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;

/** Every field narrows; pages shift when nothing does. */
class SelectionTest {
  private static final Instant DAY = Instant.parse("2026-11-22T12:00:00Z");
  private static final List<String> ANY = List.of();

  private final RhythmStore store =
      new RhythmStore(new MemoryJournal(), new RhythmStore.Room(100, 10_000), List::of);
  private final Browser browser = new Browser(store);

  @BeforeEach
  void bring() {
    add(1, "Anna/Slow.mid", "anna", Source.MIDI, 80, new Song.Metre(0, 4, 4), "jazz", "old");
    add(2, "fast.mid", "ben", Source.MIDI, 160, new Song.Metre(0, 4, 4), "rock");
    add(3, "band/1", "anna", Source.RECORDED, 120, new Song.Metre(0, 3, 4), "jazz");
  }

  @Test
  void eachFieldNarrows() {
    assertEquals(3, count(Selection.ALL));
    assertEquals(2, count(tags(List.of("jazz"), ANY)));
    assertEquals(1, count(tags(List.of("jazz", "old"), ANY)));
    assertEquals(2, count(tags(ANY, List.of("old"))));
    assertEquals(2, count(with(List.of("anna"), List.of(), null, null, 0, 0, "", ANY)));
    assertEquals(1, count(with(ANY, List.of(Source.RECORDED), null, null, 0, 0, "", ANY)));
    assertEquals(2, count(with(ANY, List.of(), DAY.plusSeconds(2), null, 0, 0, "", ANY)));
    assertEquals(1, count(with(ANY, List.of(), null, DAY.plusSeconds(2), 0, 0, "", ANY)));
    assertEquals(2, count(with(ANY, List.of(), null, null, 100, 0, "", ANY)));
    assertEquals(2, count(with(ANY, List.of(), null, null, 0, 120, "", ANY)));
    assertEquals(1, count(with(ANY, List.of(), null, null, 0, 0, "SLOW", ANY)));
    assertEquals(1, count(with(ANY, List.of(), null, null, 0, 0, "", List.of("3/4"))));
  }

  @Test
  void aRangeThatIsNoneIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> with(ANY, List.of(), null, null, 9, 8, "", ANY));
    assertThrows(
        IllegalArgumentException.class,
        () -> with(ANY, List.of(), DAY.plusSeconds(1), DAY, 0, 0, "", ANY));
  }

  @Test
  void piecesComeNewestFirstAndAPageIsNotShiftedByWhatComesIn() {
    Page<Piece> first = browser.pieces(Selection.ALL, 2, "");
    assertEquals(List.of("band/1", "fast.mid"), names(first));
    assertEquals(3, first.total());
    add(9, "newest.mid", "cem", Source.MIDI, 100, new Song.Metre(0, 4, 4));
    Page<Piece> second = browser.pieces(Selection.ALL, 2, first.next());
    assertEquals(List.of("Anna/Slow.mid"), names(second));
    assertEquals("", second.next());
    assertThrows(
        IllegalArgumentException.class, () -> browser.pieces(Selection.ALL, 2, "nonsense"));
    assertThrows(IllegalArgumentException.class, () -> browser.pieces(Selection.ALL, 1001, ""));
  }

  @Test
  void loopsComePageByPageInTheOrderOfPiecesAndBars() {
    Grid grid = new Grid(1, 4, 4, 12);
    KitMap kit = KitMap.parse("kick = 36\nsnare = 38");
    Browser.Wanted wanted = new Browser.Wanted(Selection.ALL, grid, kit, 1);
    List<String> seen = new ArrayList<>();
    Page<Loop> page = browser.loops(wanted, 3, "");
    assertEquals(8, page.total());
    while (true) {
      page.entries().forEach(loop -> seen.add(loop.name()));
      if (page.next().isEmpty()) {
        break;
      }
      page = browser.loops(wanted, 3, page.next());
    }
    assertEquals(seen.stream().distinct().sorted().toList(), seen);
    assertEquals(8, seen.size());
    Loop loop = browser.loop(Item.of(seen.get(1)), grid, kit);
    assertEquals(List.of(2, 2), loop.onsetsByVoice());
    assertEquals(seen.get(1), loop.name());
    Item three = Item.of(browser.pieces(Selection.ALL, 1, "").entries().get(0).id() + ":0");
    assertThrows(IllegalArgumentException.class, () -> browser.loop(three, grid, kit));
    assertEquals(3, browser.loop(three, new Grid(1, 3, 4, 12), kit).example().rhythm().strokes());
  }

  @Test
  void whyThereAreNoLoopsIsSaid() {
    assertEquals("it takes no piece", whyNone(tags(List.of("polka"), ANY), 2, 4));
    assertEquals("none of its 3 pieces has a bar of 5/4", whyNone(Selection.ALL, 2, 5));
    assertEquals(
        "the longest passage of 4/4 in its 3 pieces is shorter, 4 bars",
        whyNone(Selection.ALL, 8, 4));
    assertEquals("0 are excluded, 6 have fewer than 99 strokes", whyNone(Selection.ALL, 2, 4));
    assertEquals(
        "none has the metre, the tempo and the tags that it asks for",
        whyNone(with(ANY, List.of(), null, null, 0, 0, "", List.of("3/4")), 2, 3, 3));
  }

  private String whyNone(Selection selection, int bars, int beats) {
    return whyNone(selection, bars, beats, 99);
  }

  private String whyNone(Selection selection, int bars, int beats, int minOnsets) {
    Grid grid = new Grid(bars, beats, 4, 12);
    KitMap kit = KitMap.parse("kick = 36\nsnare = 38");
    return store.pick(selection, grid, kit, minOnsets).whyNone(grid, minOnsets);
  }

  private int count(Selection selection) {
    return browser.pieces(selection, 0, "").total();
  }

  private static List<String> names(Page<Piece> page) {
    return page.entries().stream().map(piece -> piece.about().first().name()).toList();
  }

  private static Selection tags(List<String> tags, List<String> without) {
    return new Selection(tags, without, ANY, List.of(), null, null, 0, 0, "", ANY, false, ANY);
  }

  private static Selection with(
      List<String> performers,
      List<Source> sources,
      Instant from,
      Instant until,
      double least,
      double most,
      String name,
      List<String> metres) {
    return new Selection(
        ANY, ANY, performers, sources, from, until, least, most, name, ANY, false, metres);
  }

  private void add(
      int seed,
      String name,
      String performer,
      Source source,
      double bpm,
      Song.Metre metre,
      String... tags) {
    List<Note> notes = new ArrayList<>();
    for (int beat = 0; beat < 4 * metre.beats(); beat++) {
      notes.add(new Note(beat, beat % 2 == 0 ? 36 : 38, (1 + seed) / 127f));
    }
    Song song = new Song(name, bpm, 4 * metre.barQuarters(), List.of(metre), notes);
    Origin origin = new Origin(source, name, performer, DAY.plusSeconds(seed));
    store.add(List.of(new Arrival(song, origin, List.of(tags))));
  }
}
