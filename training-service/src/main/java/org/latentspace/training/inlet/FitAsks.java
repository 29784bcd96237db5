package org.latentspace.training.inlet;

import java.util.List;
import org.latentspace.proto.FitRequest;
import org.latentspace.proto.FitSettings;
import org.latentspace.proto.LogPosition;
import org.latentspace.training.data.Motion;
import org.latentspace.training.fit.Curve;
import org.latentspace.training.fit.FitAsk;
import org.latentspace.training.fit.FitPlan;
import org.latentspace.training.fit.FlucomaText;
import org.latentspace.training.fit.MappingNetwork;

/** Reads what somebody wants fitted; IllegalArgumentException names the field that is wrong. */
final class FitAsks {
  private static final String NAME = "[A-Za-z0-9_-]{1,64}";
  private static final int USUAL_WAIT_MS = 5000;
  private static final int LONGEST_WAIT_MS = 60_000;
  private static final int MOST_OUTPUTS = 256;
  private static final int LONGEST_OUTPUT = 64;

  private FitAsks() {}

  /** The log must have brought what it held at this moment, or at least the positions. */
  static FitAsk read(FitRequest request, DataFollowers followers, long nowNanos) {
    require(request.getPerformer().matches(NAME), "performer is '" + request.getPerformer() + "'");
    long wait = Integer.toUnsignedLong(request.getWaitMs());
    require(wait <= LONGEST_WAIT_MS, "wait_ms is " + wait + ", must be at most 60000");
    List<String> outputs = request.getOutputsList();
    require(
        outputs.size() <= MOST_OUTPUTS
            && outputs.stream().distinct().count() == outputs.size()
            && outputs.stream().allMatch(o -> !o.isEmpty() && o.length() <= LONGEST_OUTPUT),
        "outputs must be at most 256 different names of 1..64 characters");
    String version = request.getFromVersion();
    require(version.isEmpty() || version.matches(NAME), "from_version is '" + version + "'");
    long offset = offset(request);
    return new FitAsk(
        request.getPerformer(),
        plan(request.getSettings()),
        motion(request),
        outputs,
        from(request.getFromFlucomaJson()),
        version,
        () -> offset < 0 ? "" : followers.pairsBehind(offset, nowNanos),
        wait == 0 ? USUAL_WAIT_MS : wait);
  }

  private static long offset(FitRequest request) {
    long offset = -1;
    for (LogPosition position : request.getAfterList()) {
      require(
          position.getPartition() == 0,
          "after: partition is "
              + position.getPartition()
              + ", the topic training-pairs has the partition 0 alone");
      require(position.getOffset() >= 0, "after: offset is " + position.getOffset());
      offset = Math.max(offset, position.getOffset());
    }
    return offset;
  }

  private static Motion motion(FitRequest request) {
    return switch (request.getMotion()) {
      case MOTION_UNSPECIFIED, MOTION_POSITION -> Motion.POSITION;
      case MOTION_MOVEMENT -> Motion.MOVEMENT;
      default -> throw new IllegalArgumentException("motion must be POSITION or MOVEMENT");
    };
  }

  private static MappingNetwork from(String text) {
    try {
      return text.isEmpty() ? null : FlucomaText.read(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("from_flucoma_json " + wrong.getMessage(), wrong);
    }
  }

  private static FitPlan plan(FitSettings settings) {
    require(!settings.hasEpochs() || settings.getEpochs() != 0, "epochs is 0, must be 1..100000");
    return new FitPlan(
        settings.getHiddenList(),
        Curve.named(settings.getActivation()),
        settings.getEpochs(),
        settings.hasLearningRate() ? settings.getLearningRate() : FitPlan.LEARNING_RATE,
        settings.hasSeed() ? settings.getSeed() : null,
        settings.getContinueFromPlaying(),
        settings.getLeaveOneOut());
  }

  private static void require(boolean right, String wrong) {
    if (!right) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
