package org.latentspace.training.data;

/** What the pieces of the data set are together: counts, and all their bars. */
final class PieceTotals {
  private final BarIndex bars = new BarIndex(Kits.everyKey());
  private long notes;
  private long newBars;
  private int excluded;

  void clear() {
    bars.clear();
    notes = 0;
    newBars = 0;
    excluded = 0;
  }

  /** A piece takes the place of another of the same strokes; null: none. */
  void replace(Piece before, Piece after) {
    count(before, -1);
    count(after, 1);
    if (before == null && after != null) {
      bars.add(after);
    } else if (before != null && after == null) {
      bars.remove(before.id());
    }
  }

  private void count(Piece piece, int sign) {
    if (piece != null) {
      notes += sign * piece.song().notes().size();
      newBars += sign * piece.about().newBars(piece.song().bars());
      excluded += piece.about().excluded() ? sign : 0;
    }
  }

  /** Those of the product's own pieces among them. */
  BarIndex bars() {
    return bars;
  }

  /** Strokes. */
  long notes() {
    return notes;
  }

  /** Bars, without those that were known when they came. */
  long newBars() {
    return newBars;
  }

  /** Pieces that are left out of selections. */
  int excluded() {
    return excluded;
  }
}
