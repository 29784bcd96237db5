package org.latentspace.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.Grid;
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
public record Pick(
    List<Piece> pieces, DataSet data, int excluded, int tooFew, Map<Integer, Integer> unmapped) {

  /**
   * Cuts the pieces that the selection takes; passages in another metre are passed over. Throws
   * CancellationException when its thread is interrupted: of many pieces it takes seconds.
   */
  public static Pick of(
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
    return new Pick(
        List.copyOf(pieces), DataSet.of(grid, kit, cut), excluded[0], cut.tooFew(), cut.unmapped());
  }

  /** How many strokes the kit does not have. */
  public long unmappedStrokes() {
    return unmapped.values().stream().mapToLong(Integer::longValue).sum();
  }
}
