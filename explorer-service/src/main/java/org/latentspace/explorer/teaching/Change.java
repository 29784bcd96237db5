package org.latentspace.explorer.teaching;

import java.util.List;
import org.latentspace.explorer.feature.Scale;

/** A change of what a performer has taught, as it is written down and played back. */
public sealed interface Change {
  String performer();

  /** A new pair, or one in the place of the one of its name. */
  record Put(Pair pair) implements Change {
    @Override
    public String performer() {
      return pair.performer();
    }
  }

  /** A pair less. */
  record Removed(String performer, String name) implements Change {}

  /** No pairs any more. */
  record Cleared(String performer) implements Change {}

  /**
   * A change is taken back.
   *
   * @param number of the change
   */
  record Undone(String performer, long number) implements Change {}

  /** Another scaling makes the inputs of all pairs; cannot be undone. */
  record Scaled(String performer, Scale scale) implements Change {}

  /**
   * Other pairs in the place of all; cannot be undone, nor what was before.
   *
   * @param scale that made their inputs; null: not known
   */
  record Replaced(String performer, List<Pair> pairs, Scale scale) implements Change {}
}
