package org.latentspace.explorer.wire;

import com.google.common.primitives.Floats;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.mapping.TaughtMapping.Fitted;
import org.latentspace.explorer.teaching.FitOrder;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Name;
import org.latentspace.proto.FitPairs;
import org.latentspace.proto.FitRequest;
import org.latentspace.proto.MappingVersion;

/** Writes mappings and what they are fitted with as messages of the wire, and reads them back. */
public final class MappingWire {
  private static final int LONGEST_NAME = 160;

  private MappingWire() {}

  /**
   * A version, found right.
   *
   * @throws ModelFault with one line that names it and says what is wrong
   */
  public static Fitted fitted(MappingVersion message) throws ModelFault {
    String performer = message.getPerformer();
    String version = message.getVersion();
    if (!Name.isValid(performer) || !Name.isValid(version)) {
      throw new ModelFault(
          "mapping @" + cut(performer) + "/" + cut(version) + ": names are [A-Za-z0-9_-]{1,64}");
    }
    try {
      names("senses", message.getSensesList());
      names("outputs", message.getOutputsList());
      TaughtMapping mapping =
          new TaughtMapping(
              version,
              FlucomaJson.read(message.getFlucomaJson()),
              message.getSensesList(),
              message.getOutputsList(),
              message.getScaling(),
              motion(message.getMotion()),
              Floats.toArray(message.getMeanInputList()));
      mapping.check();
      return new Fitted(performer, mapping, message.toByteArray());
    } catch (ModelFault e) {
      throw new ModelFault("mapping @" + performer + "/" + version + ": " + e.getMessage());
    }
  }

  /** The same from a message's bytes. */
  public static Fitted fitted(byte[] record) throws ModelFault {
    try {
      return fitted(MappingVersion.parseFrom(record));
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFault("is no MappingVersion: " + e.getMessage());
    }
  }

  /** All that is known of a version. */
  public static MappingVersion message(Fitted fitted) {
    try {
      return MappingVersion.parseFrom(fitted.record());
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException("it was read a moment ago", impossible);
    }
  }

  /** What training-service is asked: with the pairs, but not their values before scaling. */
  public static FitRequest request(FitOrder order) {
    FitPairs.Builder pairs = FitPairs.newBuilder();
    for (Pair pair : order.pairs()) {
      pairs.addPairs(PairWire.pair(pair).toBuilder().clearRawInput().clearRawDeviation());
    }
    FitRequest.Builder request =
        FitRequest.newBuilder()
            .setPerformer(order.performer())
            .setSettings(settings(order.settings()))
            .setPairs(pairs)
            .setMotion(PairWire.motion(order.motion()))
            .addAllOutputs(order.outputs());
    if (order.from() != null) {
      request
          .setFromFlucomaJson(FlucomaJson.write(order.from().network()))
          .setFromVersion(order.from().version());
    }
    return request.build();
  }

  public static org.latentspace.proto.FitSettings settings(FitSettings settings) {
    org.latentspace.proto.FitSettings.Builder message =
        org.latentspace.proto.FitSettings.newBuilder()
            .addAllHidden(settings.hidden())
            .setActivation(settings.activation())
            .setContinueFromPlaying(settings.continueFromPlaying())
            .setLeaveOneOut(settings.leaveOneOut());
    if (settings.epochs() != null) {
      message.setEpochs(settings.epochs());
    }
    if (settings.learningRate() != null) {
      message.setLearningRate(settings.learningRate());
    }
    if (settings.seed() != null) {
      message.setSeed(settings.seed());
    }
    return message.build();
  }

  /** Throws IllegalArgumentException that names the value and its range. */
  public static FitSettings settings(org.latentspace.proto.FitSettings message) {
    return new FitSettings(
        message.getHiddenList(),
        message.getActivation(),
        message.hasEpochs() ? message.getEpochs() : null,
        message.hasLearningRate() ? message.getLearningRate() : null,
        message.hasSeed() ? message.getSeed() : null,
        message.getContinueFromPlaying(),
        message.getLeaveOneOut());
  }

  private static TaughtMapping.Motion motion(org.latentspace.proto.Motion motion)
      throws ModelFault {
    return switch (motion) {
      case MOTION_POSITION -> TaughtMapping.Motion.POSITION;
      case MOTION_MOVEMENT -> TaughtMapping.Motion.MOVEMENT;
      default -> throw new ModelFault("motion is " + motion + ", must be 1..2");
    };
  }

  private static void names(String what, List<String> names) throws ModelFault {
    for (String name : names) {
      if (name.isEmpty() || name.length() > LONGEST_NAME) {
        throw new ModelFault(
            what + " has a name of " + name.length() + " characters, must be 1.." + LONGEST_NAME);
      }
    }
  }

  private static String cut(String name) {
    return name.length() <= 64 ? name : name.substring(0, 64) + "...";
  }
}
