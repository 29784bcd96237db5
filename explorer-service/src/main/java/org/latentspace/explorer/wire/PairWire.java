package org.latentspace.explorer.wire;

import com.google.protobuf.Timestamp;
import java.util.List;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.feature.Spread;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.proto.TrainingPair;

/** Writes pairs as messages of the wire and of the disk, and reads them back. */
public final class PairWire {
  private PairWire() {}

  public static TrainingPair pair(Pair pair) {
    TrainingPair.Builder message =
        TrainingPair.newBuilder()
            .setPerformer(pair.performer())
            .setPair(pair.name())
            .setTaughtAt(
                Timestamp.newBuilder()
                    .setSeconds(Math.floorDiv(pair.taughtMillis(), 1000L))
                    .setNanos((int) Math.floorMod(pair.taughtMillis(), 1000L) * 1_000_000))
            .setScaling(pair.input().scaling())
            .addAllSenses(pair.input().senses())
            .setFrames(pair.input().frames());
    for (float entry : pair.input().vector()) {
      message.addInput(entry);
    }
    for (float entry : pair.input().raw()) {
      message.addRawInput(entry);
    }
    for (float entry : pair.input().spread().covariance()) {
      message.addSpread(entry);
    }
    for (float entry : pair.input().spread().rawDeviation()) {
      message.addRawDeviation(entry);
    }
    PairTarget meaning = pair.meaning();
    for (float entry : meaning.output()) {
      message.addOutput(entry);
    }
    for (float entry : meaning.target()) {
      message.addTarget(entry);
    }
    return message.addAllOutputs(meaning.outputs()).setMotion(motion(meaning.motion())).build();
  }

  public static Pair pair(TrainingPair message) {
    return new Pair(
        message.getPerformer(),
        message.getPair(),
        message.getTaughtAt().getSeconds() * 1000 + message.getTaughtAt().getNanos() / 1_000_000,
        new PairInput(
            floats(message.getInputList()),
            floats(message.getRawInputList()),
            message.getScaling(),
            message.getSensesList(),
            Math.max(1, message.getFrames()),
            new Spread(floats(message.getSpreadList()), floats(message.getRawDeviationList()))),
        meaning(message));
  }

  /** Of one that was stored before targets were, these are worked out. */
  private static PairTarget meaning(TrainingPair message) {
    float[] output = floats(message.getOutputList());
    Motion motion =
        message.getMotion() == org.latentspace.proto.Motion.MOTION_MOVEMENT
            ? Motion.MOVEMENT
            : Motion.POSITION;
    return message.getTargetCount() == 0
        ? PairTarget.of(output, new float[0], List.of(), motion)
        : new PairTarget(output, floats(message.getTargetList()), message.getOutputsList(), motion);
  }

  private static org.latentspace.proto.Motion motion(Motion motion) {
    return motion == Motion.MOVEMENT
        ? org.latentspace.proto.Motion.MOTION_MOVEMENT
        : org.latentspace.proto.Motion.MOTION_POSITION;
  }

  private static float[] floats(List<Float> entries) {
    float[] values = new float[entries.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = entries.get(i);
    }
    return values;
  }
}
