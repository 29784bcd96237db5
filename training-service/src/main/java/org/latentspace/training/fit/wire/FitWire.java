package org.latentspace.training.fit.wire;

import com.google.protobuf.util.Timestamps;
import org.latentspace.proto.FitSettings;
import org.latentspace.proto.MappingVersion;
import org.latentspace.proto.Motion;
import org.latentspace.proto.PairError;
import org.latentspace.training.fit.FitPlan;
import org.latentspace.training.fit.Mapping;
import org.latentspace.training.fit.TrainingSet;

/** Says in the words of the contract what was fitted. */
public final class FitWire {
  private FitWire() {}

  public static MappingVersion mapping(Mapping mapping) {
    TrainingSet trainingSet = mapping.trainingSet();
    MappingVersion.Builder message =
        MappingVersion.newBuilder()
            .setPerformer(mapping.performer())
            .setVersion(mapping.version())
            .setCreatedAt(Timestamps.fromMillis(mapping.createdMillis()))
            .setFlucomaJson(mapping.text())
            .setSettings(settings(mapping.plan()))
            .addAllSenses(trainingSet.senses())
            .addAllOutputs(trainingSet.outputs())
            .setScaling(trainingSet.scaling())
            .setMotion(motion(mapping.motion()))
            .setPairs(trainingSet.pairs().size())
            .setPairsDigest(trainingSet.digest())
            .setContinuedFrom(mapping.continuedFrom())
            .setLoss(mapping.result().loss())
            .addAllLossCurve(mapping.result().curve())
            .setBeginnings(mapping.result().beginnings())
            .setSeconds(mapping.seconds())
            .setEpochs(mapping.plan().epochs());
    for (float mean : trainingSet.meanInput()) {
      message.addMeanInput(mean);
    }
    errors(mapping, message);
    return message.build();
  }

  private static void errors(Mapping mapping, MappingVersion.Builder message) {
    double sum = 0;
    int known = 0;
    for (int i = 0; i < mapping.trainingSet().pairs().size(); i++) {
      PairError.Builder error =
          PairError.newBuilder()
              .setPair(mapping.trainingSet().pairs().get(i))
              .setError(mapping.result().errors().get(i));
      Double unseen = mapping.leaveOneOut().get(i);
      if (unseen != null) {
        error.setLeaveOneOut(unseen);
        sum += unseen;
        known++;
      }
      message.addPairErrors(error);
    }
    if (known > 0) {
      message.setLeaveOneOut(sum / known);
    }
  }

  private static FitSettings settings(FitPlan plan) {
    return FitSettings.newBuilder()
        .addAllHidden(plan.hidden())
        .setActivation(plan.activation().word())
        .setEpochs(plan.epochs())
        .setLearningRate(plan.learningRate())
        .setSeed(plan.seed())
        .setContinueFromPlaying(plan.goesOn())
        .setLeaveOneOut(plan.leaveOneOut())
        .build();
  }

  private static Motion motion(org.latentspace.training.data.TaughtPair.Motion motion) {
    return switch (motion) {
      case POSITION -> Motion.MOTION_POSITION;
      case MOVEMENT -> Motion.MOTION_MOVEMENT;
    };
  }
}
