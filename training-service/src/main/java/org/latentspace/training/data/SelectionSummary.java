package org.latentspace.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.latentspace.model.Grid;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Windows;

/**
 * What a selection has on a grid.
 *
 * @param pieces those that were looked at, in the order of their names
 * @param excluded loops that were left out because they are excluded
 * @param tooFew loops that were left out because they have too few onsets
 * @param unmapped key → number of strokes that the kit does not have
 */
public record SelectionSummary(
    List<Piece> pieces, DataSet data, int excluded, int tooFew, Map<Integer, Integer> unmapped) {

  /**
   * Cuts the pieces that the selection takes; passages in another metre are passed over. Throws
   * CancellationException when its thread is interrupted: of many pieces it takes seconds.
   */
  public static SelectionSummary of(
      List<Piece> all, Selection selection, Grid grid, KitMap kit, int minOnsets) {
    Windows windows = new Windows(grid, kit, minOnsets);
    List<Piece> pieces = new ArrayList<>();
    int[] excluded = {0};
    boolean wanted =
        selection.metres().isEmpty()
            || selection.metres().contains(grid.beatsPerBar() + "/" + grid.beatUnit());
    for (Piece piece : all) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("given up: the service ends");
      }
      if (selection.takesSomeOf(piece)) {
        pieces.add(piece);
        if (wanted) {
          windows.add(
              piece.id(),
              piece.song(),
              (bar, bpm) -> {
                boolean taken = selection.takes(piece, bar, bpm);
                boolean out = taken && !selection.withExcluded() && piece.about().excluded(bar);
                excluded[0] += out ? 1 : 0;
                return taken && !out;
              });
        }
      }
    }
    Windows.Cut cut = windows.cut();
    return new SelectionSummary(
        List.copyOf(pieces), DataSet.of(grid, kit, cut), excluded[0], cut.tooFew(), cut.unmapped());
  }

  /**
   * This selection itself; throws IllegalStateException that says why where it has no loops.
   *
   * @param field by which the caller knows it
   * @param minOnsets strokes that a loop must have
   */
  public SelectionSummary requireLoops(String field, Grid grid, int minOnsets) {
    if (data.examples().isEmpty()) {
      throw new IllegalStateException(
          field
              + " has no loops of "
              + grid
              + " with at least "
              + minOnsets
              + " onsets: "
              + whyNone(grid, minOnsets)
              + "; see DescribeSelection");
    }
    return this;
  }

  /** Why it has no loops, in a few words. */
  String whyNone(Grid grid, int minOnsets) {
    String metre = grid.beatsPerBar() + "/" + grid.beatUnit();
    int longest =
        pieces.stream().mapToInt(piece -> piece.song().longestPassage(metre)).max().orElse(0);
    if (pieces.isEmpty()) {
      return "it takes no piece";
    } else if (longest == 0) {
      return "none of its " + pieces.size() + " pieces has a bar of " + metre;
    } else if (longest < grid.bars()) {
      return "the longest passage of "
          + metre
          + " in its "
          + pieces.size()
          + " pieces is shorter, "
          + longest
          + (longest == 1 ? " bar" : " bars");
    } else if (excluded + tooFew > 0) {
      return excluded + " are excluded, " + tooFew + " have fewer than " + minOnsets + " strokes";
    }
    return "none has the metre, the tempo and the tags that it asks for";
  }

  /** How many strokes the kit does not have. */
  public long unmappedStrokes() {
    return unmapped.values().stream().mapToLong(Integer::longValue).sum();
  }
}
