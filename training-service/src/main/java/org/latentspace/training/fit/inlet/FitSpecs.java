package org.latentspace.training.fit.inlet;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Name;
import org.latentspace.proto.FitRequest;
import org.latentspace.proto.FitSettings;
import org.latentspace.proto.TrainingPair;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.data.TaughtPair.Motion;
import org.latentspace.training.data.inlet.KeptMessages;
import org.latentspace.training.fit.Fit;
import org.latentspace.training.fit.FitPlan;

/** Reads requests for fits; IllegalArgumentException names the field that is wrong. */
final class FitSpecs {
  private static final int MOST_OUTPUTS = 256;
  private static final int LONGEST_OUTPUT = 64;

  private FitSpecs() {}

  static Fit.Spec read(FitRequest request) {
    require(Name.isValid(request.getPerformer()), "performer is '" + request.getPerformer() + "'");
    List<String> outputs = request.getOutputsList();
    require(
        outputs.size() <= MOST_OUTPUTS
            && outputs.stream().distinct().count() == outputs.size()
            && outputs.stream().allMatch(o -> !o.isEmpty() && o.length() <= LONGEST_OUTPUT),
        "outputs must be at most 256 different names of 1..64 characters");
    String version = request.getFromVersion();
    require(version.isEmpty() || Name.isValid(version), "from_version is '" + version + "'");
    return new Fit.Spec(
        request.getPerformer(),
        plan(request.getSettings()),
        motion(request),
        outputs,
        from(request.getFromFlucomaJson()),
        version,
        request.hasPairs() ? pairs(request) : null);
  }

  private static List<TaughtPair> pairs(FitRequest request) {
    List<TaughtPair> pairs = new ArrayList<>();
    for (TrainingPair pair : request.getPairs().getPairsList()) {
      String place = "pairs[" + pairs.size() + "]";
      require(
          pair.getPerformer().equals(request.getPerformer()),
          place + " is of performer '" + pair.getPerformer() + "', must be of the request's");
      try {
        pairs.add(KeptMessages.pair(pair));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(place + ": " + wrong.getMessage(), wrong);
      }
    }
    return pairs;
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
      return text.isEmpty() ? null : FlucomaJson.read(text);
    } catch (ModelFault wrong) {
      throw new IllegalArgumentException("from_flucoma_json " + wrong.getMessage(), wrong);
    }
  }

  private static FitPlan plan(FitSettings settings) {
    require(!settings.hasEpochs() || settings.getEpochs() != 0, "epochs is 0, must be 1..100000");
    return new FitPlan(
        settings.getHiddenList(),
        FitPlan.activation(settings.getActivation()),
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
