package org.latentspace.training.data;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.latentspace.model.Grid;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Examples;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Windows;
import org.latentspace.training.storage.UnknownName;

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

  /** Which loops are wanted, and how they shall lie. */
  public record Wanted(Selection selection, Grid grid, KitMap kit, int minOnsets) {}

  /** What was picked last, for the next page, as long as nothing has changed. */
  private record Picked(Wanted wanted, long changes, SelectionSummary pick) {}

  /** The pieces that a selection takes as a whole or in part, newest first. */
  public Page<Piece> pieces(Selection selection, int pageSize, String pageToken) {
    int size = Page.size(pageSize);
    List<Piece> all =
        store.pieces().stream().filter(selection::takesSomeOf).sorted(NEWEST_FIRST).toList();
    Piece last = pageToken.isEmpty() ? null : marker(pageToken);
    List<Piece> page =
        all.stream()
            .filter(piece -> last == null || NEWEST_FIRST.compare(piece, last) > 0)
            .limit(size + 1L)
            .toList();
    if (page.size() <= size) {
      return new Page<>(page, "", all.size());
    }
    Piece end = page.get(size - 1);
    String token = end.about().first().date() + "_" + end.id();
    return new Page<>(page.subList(0, size), token, all.size());
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
    int size = Page.size(pageSize);
    Item last = pageToken.isEmpty() ? null : Item.of(pageToken);
    SelectionSummary pick = pick(wanted);
    Examples examples = Examples.of(pick.data().examples());
    int from = 0;
    while (last != null && from < examples.size() && !isBehind(examples, from, last)) {
      from++;
    }
    int to = Math.min(examples.size(), from + size);
    Map<String, Piece> pieces =
        pick.pieces().stream().collect(Collectors.toMap(Piece::id, Function.identity()));
    List<Loop> page = new ArrayList<>();
    for (Example example : examples.subList(from, to)) {
      page.add(new Loop(pieces.get(example.song()), example));
    }
    String next = to < examples.size() ? page.get(page.size() - 1).name() : "";
    return new Page<>(page, next, examples.size());
  }

  private static boolean isBehind(Examples examples, int index, Item last) {
    int order = examples.song(index).compareTo(last.piece());
    return order > 0 || (order == 0 && examples.bar(index) > last.bar());
  }

  /**
   * One loop, excluded or not. Throws UnknownName where there is none, IllegalArgumentException
   * where its bars are not the grid's.
   */
  public Loop loop(Item item, Grid grid, KitMap kit) {
    Piece piece = store.piece(item.piece());
    List<Example> found =
        new Windows(grid, kit, 0)
            .add(piece.id(), piece.song(), (bar, bpm) -> bar == item.bar())
            .cut()
            .examples();
    if (item.bar() < 0 || item.bar() >= piece.song().bars()) {
      throw new UnknownName(
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
