package org.latentspace.explorer.mapping;

import java.util.List;

/**
 * A mapping that somebody wants to have.
 *
 * @param motion of the pairs to be fitted to
 * @param outputs names of the outputs that it shall have
 * @param offset until where the log has the pairs; -1: until wherever it goes
 * @param from the mapping to go on from; null: begin anew
 */
public record FitOrder(
    String performer,
    FitSettings settings,
    Motion motion,
    List<String> outputs,
    long offset,
    TaughtMapping from) {

  public FitOrder {
    outputs = List.copyOf(outputs);
  }

  /** The same when it is known until where the log has the pairs. */
  public FitOrder after(long reached) {
    return new FitOrder(performer, settings, motion, outputs, reached, from);
  }
}
