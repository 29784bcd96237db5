package org.latentspace.training.fit;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.latentspace.model.FlucomaJson;
import org.latentspace.training.data.TaughtPair.Motion;

/**
 * A mapping that was fitted: a version of what a performer has taught.
 *
 * @param plan with the seed and the epochs that were used
 * @param continuedFrom version that the fit went on from; empty: it began anew
 * @param leaveOneOut of each pair the error under a mapping that has not seen it, null where that
 *     is not known
 * @param seconds of the fit and of leave-one-out together
 */
public record Mapping(
    String performer,
    String version,
    long createdMillis,
    FitPlan plan,
    Motion motion,
    TrainingSet trainingSet,
    FitResult result,
    String continuedFrom,
    List<Double> leaveOneOut,
    double seconds) {

  public Mapping {
    // List.copyOf takes no nulls.
    leaveOneOut = Collections.unmodifiableList(Arrays.asList(leaveOneOut.toArray(new Double[0])));
  }

  /** FluCoMa JSON. */
  public String text() {
    return FlucomaJson.write(result.network());
  }
}
