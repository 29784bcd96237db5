package org.latentspace.explorer.teaching;

import java.util.List;

/**
 * A change that can be taken back.
 *
 * @param number of the change
 * @param before the pairs that it took away or put others in the place of
 * @param added name of the pair that it added; empty if it added none
 */
public record Undoable(long number, Kind kind, List<Pair> before, String added) {

  /** What was done. */
  public enum Kind {
    ADDED,
    EDITED,
    REMOVED,
    CLEARED
  }

  public Undoable {
    before = List.copyOf(before);
  }

  /** What taking it back does, in a few words. */
  public String takingBack() {
    return switch (kind) {
      case ADDED -> "took the pair " + added + " away again";
      case EDITED -> "gave the pair " + before.get(0).name() + " its earlier outputs";
      case REMOVED -> "brought back the pair " + before.get(0).name();
      case CLEARED -> "brought back " + before.size() + (before.size() == 1 ? " pair" : " pairs");
    };
  }
}
