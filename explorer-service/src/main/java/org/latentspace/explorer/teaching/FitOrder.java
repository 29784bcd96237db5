package org.latentspace.explorer.teaching;

import java.util.List;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.mapping.TaughtMapping;

/**
 * A mapping that somebody wants to have.
 *
 * @param pairs all that the performer has
 * @param motion of those pairs that are fitted to
 * @param outputs names of the outputs that it shall have
 * @param from the mapping to go on from; null: begin anew
 */
public record FitOrder(
    String performer,
    FitSettings settings,
    List<Pair> pairs,
    Motion motion,
    List<String> outputs,
    TaughtMapping from) {

  public FitOrder {
    pairs = List.copyOf(pairs);
    outputs = List.copyOf(outputs);
  }
}
