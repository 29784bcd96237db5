package org.latentspace.training.fit;

import java.util.List;
import org.latentspace.training.data.Motion;

/**
 * What somebody wants fitted.
 *
 * @param outputs that the mapping shall have; none: those of the pairs
 * @param from network to go on from, and its version; null and empty: none
 * @param log what the pairs have to have reached
 * @param waitMillis how long that may take
 */
public record FitAsk(
    String performer,
    FitPlan plan,
    Motion motion,
    List<String> outputs,
    MappingNetwork from,
    String fromVersion,
    Log log,
    long waitMillis) {

  public FitAsk {
    outputs = List.copyOf(outputs);
  }

  /** The log that brings the pairs. */
  public interface Log {
    /** Empty once all is here that was asked for, else where it stands. Never waits. */
    String behind();
  }
}
