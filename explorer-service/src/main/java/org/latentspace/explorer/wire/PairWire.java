package org.latentspace.explorer.wire;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import com.google.protobuf.util.Timestamps;
import java.util.List;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.proto.ScalingSpec;
import org.latentspace.proto.TrainingPair;

/** Writes pairs and scalings as messages of the wire and of the disk, and reads them back. */
public final class PairWire {
  private PairWire() {}

  public static TrainingPair pair(Pair pair) {
    PairInput input = pair.input();
    PairTarget meaning = pair.meaning();
    return TrainingPair.newBuilder()
        .setPerformer(pair.performer())
        .setPair(pair.name())
        .setTaughtAt(Timestamps.fromMillis(pair.taughtMillis()))
        .setScaling(input.scaling())
        .addAllSenses(input.senses())
        .setFrames(input.frames())
        .addAllInput(Floats.asList(input.vector()))
        .addAllRawInput(Floats.asList(input.raw()))
        .addAllSpread(Floats.asList(input.spread().covariance()))
        .addAllRawDeviation(Floats.asList(input.spread().rawDeviation()))
        .addAllOutput(Floats.asList(meaning.output()))
        .addAllTarget(Floats.asList(meaning.target()))
        .addAllOutputs(meaning.outputs())
        .setMotion(motion(meaning.motion()))
        .build();
  }

  public static Pair pair(TrainingPair message) {
    return new Pair(
        message.getPerformer(),
        message.getPair(),
        Timestamps.toMillis(message.getTaughtAt()),
        new PairInput(
            Floats.toArray(message.getInputList()),
            Floats.toArray(message.getRawInputList()),
            message.getScaling(),
            message.getSensesList(),
            Math.max(1, message.getFrames()),
            new PairInput.Spread(
                Floats.toArray(message.getSpreadList()),
                Floats.toArray(message.getRawDeviationList()))),
        meaning(message));
  }

  /** Of one that was stored before targets were, these are worked out. */
  private static PairTarget meaning(TrainingPair message) {
    float[] output = Floats.toArray(message.getOutputList());
    Motion motion =
        message.getMotion() == org.latentspace.proto.Motion.MOTION_MOVEMENT
            ? Motion.MOVEMENT
            : Motion.POSITION;
    return message.getTargetCount() == 0
        ? PairTarget.of(output, new float[0], List.of(), motion)
        : new PairTarget(
            output, Floats.toArray(message.getTargetList()), message.getOutputsList(), motion);
  }

  /** A scaling that was found right. */
  public static Scale scale(ScalingSpec spec) {
    return new Scale(
        spec.getName(),
        spec.getSensesList(),
        Doubles.toArray(spec.getLowList()),
        Doubles.toArray(spec.getHighList()),
        spec.getOutLow(),
        spec.getOutHigh());
  }

  public static ScalingSpec scale(Scale scale) {
    return ScalingSpec.newBuilder()
        .setName(scale.name())
        .addAllSenses(scale.senses())
        .addAllLow(Doubles.asList(scale.low()))
        .addAllHigh(Doubles.asList(scale.high()))
        .setOutLow(scale.outLow())
        .setOutHigh(scale.outHigh())
        .build();
  }

  static org.latentspace.proto.Motion motion(Motion motion) {
    return motion == Motion.MOVEMENT
        ? org.latentspace.proto.Motion.MOTION_MOVEMENT
        : org.latentspace.proto.Motion.MOTION_POSITION;
  }
}
