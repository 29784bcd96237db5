package org.latentspace.training.fit;

import java.util.List;
import org.latentspace.model.MappingNetwork;
import org.latentspace.training.data.PairTarget.Motion;
import org.latentspace.training.data.TaughtPair;

/**
 * A request for a fit.
 *
 * @param outputs that the mapping shall have; none: those of the pairs
 * @param from network to go on from, and its version; null and empty: none
 * @param pairs to be fitted; null: those that are stored of the performer
 */
public record FitSpec(
    String performer,
    FitPlan plan,
    Motion motion,
    List<String> outputs,
    MappingNetwork from,
    String fromVersion,
    List<TaughtPair> pairs) {

  public FitSpec {
    outputs = List.copyOf(outputs);
    pairs = pairs == null ? null : List.copyOf(pairs);
  }
}
