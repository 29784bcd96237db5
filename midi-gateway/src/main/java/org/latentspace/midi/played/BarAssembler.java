package org.latentspace.midi.played;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.Rhythm;

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

  /**
   * A stretch of one bar, with whom each of its cells belonged to: the whole bar, or one run
   * through a loop that is shorter than the bar.
   *
   * @param owners one a cell, all on the same grid
   * @param step of the bar at which it begins
   * @param bpm quarter notes a minute
   * @param beganNanos of {@link System#nanoTime}
   */
  record BarSection(Pattern[] owners, long bar, int step, double bpm, long beganNanos) {

    Rhythm first() {
      return owners[0].rhythm();
    }

    /** The step of the loop that a cell plays. */
    int loopStep(int cell) {
      return first().grid().loopStep(bar, step + cell);
    }

    /** Whether one rhythm owns all of it. */
    boolean isPure() {
      return ownedBy(first());
    }

    boolean ownedBy(Rhythm rhythm) {
      Pattern seen = null;
      for (Pattern owner : owners) {
        if (owner != seen && !owner.rhythm().sameStrokes(rhythm)) {
          return false;
        }
        seen = owner;
      }
      return true;
    }

    /** Whether all of it can stand in one loop with this rhythm. */
    boolean fits(Rhythm rhythm) {
      for (Pattern owner : owners) {
        if (!owner.grid().equals(rhythm.grid())
            || !owner.rhythm().voices().equals(rhythm.voices())) {
          return false;
        }
      }
      return true;
    }
  }
}
