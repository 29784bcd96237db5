package org.latentspace.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.proto.Rhythm;
import org.latentspace.training.data.Arrival.How;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.Piece.Item;
import org.latentspace.training.data.inlet.PlayedSong;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;

class RhythmStoreTest {
  private static final Instant DAY = Instant.parse("2026-11-22T12:00:00Z");
  private static final KitMap KIT = KitMap.parse("kick = 36\nsnare = 38");
  private static final Grid BAR = new Grid(1, 4, 4, 12);

  private final MemoryJournal journal = new MemoryJournal();
  private final RhythmStore store =
      new RhythmStore(journal, new RhythmStore.Room(50, 5000), BuiltIn::pieces);

  @Test
  void theSameStrokesAreKnownAgainAndTheirTagsAreAdded() {
    assertEquals(How.ADDED, add("a.mid", song(1, 2), "jazz").how());
    Arrival.Outcome again = add("b.mid", song(1, 2), "slow");
    assertEquals(How.KNOWN, again.how());
    assertEquals(1, store.counts().pieces());
    assertEquals(List.of("jazz", "slow"), List.copyOf(again.piece().about().tags()));
    assertEquals(2, again.piece().about().origins().size());
    assertEquals(2, List.of(journal.written.get(0), journal.written.get(1)).size());
    add("b.mid", song(1, 2), "slow");
    assertEquals(2, journal.written.size(), "what changes nothing is not written");
  }

  @Test
  void aFileThatComesAgainWithALaterEndOrOtherTempiIsTakenAsItIsNow() {
    Song once = song(1, 1);
    add("a.mid", once);
    Song longer =
        new Song(
            "b", 8, List.of(new Song.Tempo(0, 90)), once.metres(), once.notes(), once.voices());
    assertEquals(How.KNOWN, add("b.mid", longer).how());
    assertEquals(2, only().song().bars());
    assertEquals(90, only().song().bpm());
    assertEquals(1, store.pick(Selection.ALL, Grid.STANDARD, KIT, 1).data().examples().size());
    add("a.mid", once);
    assertEquals(2, only().song().bars(), "the later end stays, in whatever order they come");
    RhythmStore reopened = new RhythmStore(journal, new RhythmStore.Room(50, 5000), List::of);
    assertEquals(2, reopened.pieces().get(0).song().bars());
  }

  @Test
  void oneCallMayBringTheSamePieceTwice() {
    Origin origin = new Origin(Source.MIDI, "x", "", DAY);
    List<Arrival.Outcome> outcomes =
        store.add(
            List.of(
                new Arrival(song(1, 2), origin, List.of("a")),
                new Arrival(song(1, 2), origin, List.of("b"))));
    assertEquals(List.of(How.ADDED, How.KNOWN), outcomes.stream().map(o -> o.how()).toList());
    assertEquals(List.of("a", "b"), List.copyOf(only().about().tags()));
  }

  @Test
  void aSelectionHasTheSameDigestWhateverTheOrderOfImport() {
    List<Integer> order = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7));
    order.forEach(seed -> add("s" + seed, song(seed, 4)));
    RhythmStore other =
        new RhythmStore(new MemoryJournal(), new RhythmStore.Room(50, 5000), List::of);
    Collections.reverse(order);
    for (int seed : order) {
      Origin origin = new Origin(Source.MIDI, "other" + seed, "somebody", DAY.plusSeconds(seed));
      other.add(List.of(new Arrival(song(seed, 4), origin, List.of("t"))));
    }
    DataSet selected = store.pick(Selection.ALL, Grid.STANDARD, KIT, 1).data();
    assertEquals(21, selected.examples().size());
    assertEquals(selected, other.pick(Selection.ALL, Grid.STANDARD, KIT, 1).data());
    assertEquals(
        selected.digest(), other.pick(Selection.ALL, Grid.STANDARD, KIT, 1).data().digest());
    store.exclude(List.of(new Item(only("s3").id(), 0)), true);
    assertNotEquals(
        selected.digest(), store.pick(Selection.ALL, Grid.STANDARD, KIT, 1).data().digest());
  }

  @Test
  void aSelectionIsGivenUpWhenItsThreadIsInterrupted() {
    add("a", song(1, 2));
    Thread.currentThread().interrupt();
    try {
      assertThrows(
          CancellationException.class,
          () -> store.pick(Selection.ALL, Grid.STANDARD, KIT, 1).data());
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals(1, store.pick(Selection.ALL, Grid.STANDARD, KIT, 1).data().examples().size());
  }

  @Test
  void theProductsOwnBarsComeOnlyWhenNamed() {
    add("mine", song(1, 2));
    assertEquals(2, store.pick(Selection.ALL, BAR, KIT, 1).data().examples().size());
    assertEquals(448, store.pick(Selection.BUILT_IN, BAR, KIT, 1).data().examples().size());
    assertEquals(1, store.counts().pieces());
    Piece own =
        store.pieces().stream()
            .filter(p -> p.about().first().source() == Source.BUILT_IN)
            .findFirst()
            .orElseThrow();
    assertThrows(IllegalStateException.class, () -> store.delete(List.of(own.id())));
    store.exclude(List.of(Item.of(own.id())), true);
    assertEquals(440, store.pick(Selection.BUILT_IN, BAR, KIT, 1).data().examples().size());
    assertEquals(440, again().pick(Selection.BUILT_IN, BAR, KIT, 1).data().examples().size());
  }

  @Test
  void tagsAndExclusionsHoldForPiecesAndForSingleLoops() {
    add("a", song(1, 4));
    String id = only().id();
    assertEquals(1, store.tag(List.of(Item.of(id + ":2")), List.of("good"), List.of()));
    assertEquals(0, store.tag(List.of(Item.of(id + ":2")), List.of("good"), List.of()));
    store.tag(List.of(Item.of(id)), List.of("style:jazz/funk"), List.of());
    assertEquals(List.of(2), bars(select("good")));
    assertEquals(List.of(0, 1, 2, 3), bars(select("style:jazz*")));
    assertEquals(1, store.exclude(List.of(Item.of(id + ":1")), true));
    assertEquals(List.of(0, 2, 3), bars(Selection.ALL));
    assertEquals(
        List.of(0, 2, 3),
        again().pick(Selection.ALL, BAR, KIT, 1).data().examples().stream()
            .map(Example::bar)
            .toList());
    store.exclude(List.of(Item.of(id)), true);
    assertEquals(List.of(), bars(Selection.ALL));
    assertEquals(1, store.counts().excluded());
    store.exclude(List.of(Item.of(id), Item.of(id + ":1")), false);
    assertEquals(List.of(0, 1, 2, 3), bars(Selection.ALL));
    assertThrows(
        NoSuchElementException.class, () -> store.exclude(List.of(Item.of(id + ":4")), true));
    assertThrows(
        NoSuchElementException.class,
        () -> store.exclude(List.of(new Item("0".repeat(16), 0)), true));
    assertThrows(IllegalArgumentException.class, () -> Item.of("../etc"));
  }

  @Test
  void whatWasDeletedTheLogDoesNotBringBackButAFileDoes() {
    Rhythm.Builder loop = loop("kick");
    stroke(loop, 0, 0, 0.5f, 0);
    Origin origin = new Origin(Source.RECORDED, "band/1", "anna", DAY);
    Arrival recorded =
        new Arrival(PlayedSong.of("band/1", 120, loop.build(), KIT), origin, List.of());
    assertEquals(How.ADDED, store.add(List.of(recorded)).get(0).how());
    store.delete(List.of(only().id()));
    assertEquals(How.STAYS_AWAY, store.add(List.of(recorded)).get(0).how());
    assertEquals(How.STAYS_AWAY, again().add(List.of(recorded)).get(0).how());
    assertEquals(1, store.counts().gone());
    Origin file = new Origin(Source.MIDI, "x.mid", "", DAY);
    Arrival imported = new Arrival(recorded.song(), file, List.of());
    assertEquals(How.ADDED, store.add(List.of(imported)).get(0).how());
    assertEquals(0, store.counts().gone());
  }

  @Test
  void everythingIsBoundedAndSaysByWhat() {
    for (int seed = 0; seed < 50; seed++) {
      assertEquals(How.ADDED, add("s", song(seed, 1)).how());
    }
    Arrival.Outcome full = add("one more", song(99, 1));
    assertEquals(How.REFUSED, full.how());
    assertTrue(full.reason().contains("training-service.most-pieces is 50"), full.reason());
    List<String> many = new ArrayList<>();
    for (int i = 0; i < PieceInfo.MOST_TAGS + 1; i++) {
      many.add("tag" + i);
    }
    List<Item> item = List.of(Item.of(store.pieces().get(0).id()));
    assertThrows(IllegalArgumentException.class, () -> store.tag(item, many, List.of()));
    assertThrows(IllegalArgumentException.class, () -> store.tag(item, List.of("a*"), List.of()));
  }

  @Test
  void whatCannotBeWrittenDoesNotCount() {
    add("a", song(1, 2));
    journal.broken = true;
    assertThrows(UncheckedIOException.class, () -> add("b", song(2, 2)));
    assertThrows(UncheckedIOException.class, () -> store.delete(List.of(only().id())));
    journal.broken = false;
    assertEquals(1, store.counts().pieces());
    assertEquals(1, again().pieces().stream().filter(p -> !p.song().name().contains("-")).count());
  }

  @Test
  void aRecordedVoiceIsKnownByItsNameInAnyKitAndByItsKeyElse() {
    Rhythm.Builder loop = loop("kick", "gong", "snare");
    stroke(loop, 0, 0, 0.5f, -1);
    stroke(loop, 5, 1, 1, 1);
    stroke(loop, 47, 2, 0.25f, 0.5f);
    Origin origin = new Origin(Source.RECORDED, "band/1", "anna", DAY);
    store.add(
        List.of(new Arrival(PlayedSong.of("band/1", 120, loop.build(), KIT), origin, List.of())));
    Example one =
        store
            .pick(Selection.ALL, BAR, KitMap.parse("gong = 99\ndrum = 36"), 1)
            .data()
            .examples()
            .get(0);
    assertEquals(1, one.rhythm().onset()[5 * 2], "by its name");
    assertEquals(1, one.rhythm().offset()[5 * 2], 1e-3);
    assertEquals(1, one.rhythm().onset()[1], "by its key");
    assertEquals(-1, one.rhythm().offset()[1], 1e-3);
    assertEquals(2, one.rhythm().strokes());
    SelectionSummary pick =
        SelectionSummary.of(store.pieces(), Selection.ALL, BAR, KitMap.parse("gong = 99"), 1);
    assertEquals(Map.of(36, 1, 38, 1), pick.unmapped());
    assertEquals(pick.pieces().get(0).id(), pick.data().examples().get(0).song());
  }

  private static Rhythm.Builder loop(String... voices) {
    return Rhythm.newBuilder()
        .setBars(1)
        .setBeatsPerBar(4)
        .setBeatUnit(4)
        .setStepsPerBeat(12)
        .addAllVoices(List.of(voices));
  }

  private static void stroke(
      Rhythm.Builder loop, int step, int voice, float velocity, float offset) {
    loop.addStep(step).addVoice(voice).addVelocity(velocity).addOffset(offset);
  }

  private RhythmStore again() {
    return new RhythmStore(journal, new RhythmStore.Room(50, 5000), BuiltIn::pieces);
  }

  private Arrival.Outcome add(String name, Song song, String... tags) {
    Origin origin = new Origin(Source.MIDI, name, "", DAY);
    return store.add(List.of(new Arrival(song, origin, List.of(tags)))).get(0);
  }

  private Piece only() {
    return only("");
  }

  private Piece only(String name) {
    return store.pieces().stream()
        .filter(p -> p.about().first().source() != Source.BUILT_IN)
        .filter(p -> p.about().first().name().contains(name))
        .findFirst()
        .orElseThrow();
  }

  private static Selection select(String tag) {
    return new Selection(
        List.of(tag),
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        0,
        0,
        "",
        List.of(),
        false,
        List.of());
  }

  private List<Integer> bars(Selection selection) {
    return store.pick(selection, BAR, KIT, 1).data().examples().stream().map(Example::bar).toList();
  }

  private static Song song(int seed, int bars) {
    List<Note> notes = new ArrayList<>();
    for (int beat = 0; beat < 4 * bars; beat++) {
      notes.add(new Note(beat, beat % 2 == 0 ? 36 : 38, (1 + seed) / 127f));
    }
    return new Song("song", 120, 4.0 * bars, List.of(new Song.Metre(0, 4, 4)), notes);
  }
}
