package org.latentspace.training.data;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.latentspace.model.Grid;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.Piece.Item;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Windows;

/**
 * Shows the data set, a page at a time. A page begins behind the last entry of the page before, so
 * that what comes in meanwhile shifts nothing.
 */
public final class Browser {
  private static final Comparator<Piece> NEWEST_FIRST =
      Comparator.comparing((Piece piece) -> piece.about().first().date())
          .reversed()
          .thenComparing(Piece::id);

  private final RhythmStore store;
  private Picked latest;

  public Browser(RhythmStore store) {
    this.store = store;
  }

  /** Some bars of a piece on a grid. */
  public record Loop(Piece piece, Example example) {

    /** "piece:bar", the bar counted through the piece from 0. */
    public String name() {
      return example.song() + ":" + example.bar();
    }

    /** The piece's tags and its own. */
    public Set<String> tags() {
      return piece.about().tagsOf(example.bar());
    }

    public boolean excluded() {
      return piece.about().excluded(example.bar());
    }

    /** In the order of the kit's voices. */
    public List<Integer> onsetsByVoice() {
      int[] counts = new int[example.voices()];
      for (int cell : example.cells()) {
        counts[cell % counts.length]++;
      }
      return Arrays.stream(counts).boxed().toList();
    }
  }

  /** Which loops are wanted, and how they shall lie. */
  public record Wanted(Selection selection, Grid grid, KitMap kit, int minOnsets) {}

  /** What was picked last, for the next page, as long as nothing has changed. */
  private record Picked(Wanted wanted, long changes, SelectionSummary pick) {}

  /** The pieces that a selection takes as a whole or in part, newest first. */
  public Page<Piece> pieces(Selection selection, int pageSize, String pageToken) {
    List<Piece> all =
        store.pieces().stream().filter(selection::takesSomeOf).sorted(NEWEST_FIRST).toList();
    int start = 0;
    if (!pageToken.isEmpty()) {
      Piece last = marker(pageToken);
      start = (int) all.stream().filter(each -> NEWEST_FIRST.compare(each, last) <= 0).count();
    }
    return Page.of(
        all, start, pageSize, end -> end.about().first().date() + "_" + end.id(), each -> 0);
  }

  /** A piece that stands where the page before ended. */
  private static Piece marker(String token) {
    int split = token.indexOf('_');
    try {
      Instant date = Instant.parse(token.substring(0, Math.max(0, split)));
      Origin origin = new Origin(Source.MIDI, "", "", date);
      return new Piece(token.substring(split + 1), null, PieceInfo.of(origin, List.of()));
    } catch (DateTimeParseException broken) {
      throw new IllegalArgumentException("page_token is not one that a page ended with", broken);
    }
  }

  /** Loops in the order of their pieces' names and bars. */
  public Page<Loop> loops(Wanted wanted, int pageSize, String pageToken) {
    Item last = pageToken.isEmpty() ? null : Item.of(pageToken);
    SelectionSummary pick = pick(wanted);
    List<Example> examples = pick.data().examples();
    int from = 0;
    while (last != null && from < examples.size() && !isBehind(examples.get(from), last)) {
      from++;
    }
    Map<String, Piece> pieces =
        pick.pieces().stream().collect(Collectors.toMap(Piece::id, Function.identity()));
    return Page.of(examples, from, pageSize, each -> each.song() + ":" + each.bar(), each -> 0)
        .map(each -> new Loop(pieces.get(each.song()), each));
  }

  private static boolean isBehind(Example example, Item last) {
    int order = example.song().compareTo(last.piece());
    return order > 0 || (order == 0 && example.bar() > last.bar());
  }

  /**
   * One loop, excluded or not. Throws NoSuchElementException where there is none,
   * IllegalArgumentException where its bars are not the grid's.
   */
  public Loop loop(Item item, Grid grid, KitMap kit) {
    Piece piece = store.piece(item.piece());
    List<Example> found =
        new Windows(grid, kit, 0)
            .add(piece.id(), piece.song(), (bar, bpm) -> bar == item.bar())
            .cut()
            .examples();
    if (item.bar() < 0 || item.bar() >= piece.song().bars()) {
      throw new NoSuchElementException(
          "no loop '" + item + "': the piece has " + piece.song().bars() + " bars, from 0");
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "from "
              + item
              + " on there are no "
              + grid.bars()
              + " bars of "
              + grid.beatsPerBar()
              + "/"
              + grid.beatUnit());
    }
    return new Loop(piece, found.get(0));
  }

  /** What is wanted as a whole. */
  public synchronized SelectionSummary pick(Wanted wanted) {
    List<Piece> pieces = store.pieces();
    long changes = store.counts().changes();
    if (latest == null || latest.changes() != changes || !latest.wanted().equals(wanted)) {
      SelectionSummary pick =
          SelectionSummary.of(
              pieces, wanted.selection(), wanted.grid(), wanted.kit(), wanted.minOnsets());
      latest = new Picked(wanted, changes, pick);
    }
    return latest.pick();
  }
}
