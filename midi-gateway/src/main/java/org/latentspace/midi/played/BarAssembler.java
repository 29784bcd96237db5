package org.latentspace.midi.played;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;

/**
 * Puts whole bars together from what the timing thread has seen; bars that were cut are left out.
 */
final class BarAssembler {
  private record Owned(Pattern owner, long bar, int step, double bpm, long nanos) {}

  private final Consumer<BarSection> next;
  private final Runnable broken;
  private final List<Owned> seen = new ArrayList<>();
  private long begun = -1;

  /**
   * @param next gets the parts of whole bars, in order
   * @param broken the next part does not follow upon the one before
   */
  BarAssembler(Consumer<BarSection> next, Runnable broken) {
    this.next = next;
    this.broken = broken;
  }

  void own(Pattern owner, long bar, int step, double bpm, long nanos) {
    seen.add(new Owned(owner, bar, step, bpm, nanos));
  }

  /** A bar begins, so the one before it is whole. */
  void barLine(long bar) {
    if (begun >= 0) {
      close(begun);
    }
    begun = bar;
  }

  void halt(boolean wholeBar) {
    if (wholeBar && begun >= 0) {
      close(begun);
    }
    begun = -1;
    seen.clear();
    broken.run();
  }

  /** Hands a bar on if it was seen from its first cell on. */
  private void close(long bar) {
    List<Owned> ofBar = new ArrayList<>();
    for (Owned owned : seen) {
      if (owned.bar == bar) {
        ofBar.add(owned);
      }
    }
    seen.removeIf(owned -> owned.bar <= bar);
    if (ofBar.isEmpty() || ofBar.get(0).step != 0) {
      broken.run();
      return;
    }
    Grid grid = ofBar.get(0).owner.grid();
    int cells = grid.stepsPerSongBar();
    int size = Math.min(cells, grid.steps());
    for (int step = 0; step < cells; step += size) {
      next.accept(part(ofBar, step, size));
    }
  }

  private static BarSection part(List<Owned> bar, int from, int size) {
    Pattern[] owners = new Pattern[size];
    for (Owned owned : bar) {
      for (int step = Math.max(owned.step, from); step < from + size; step++) {
        owners[step - from] = owned.owner;
      }
    }
    Owned first = bar.get(0);
    return new BarSection(owners, first.bar, from, first.bpm, first.nanos);
  }
}
