package org.latentspace.explorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.Frame.Sense;
import org.latentspace.performer.Origin;
import org.latentspace.proto.FeatureFrame;

/** Frames for tests. */
public final class Frames {
  /** Median vectors of the four development recordings, silence left out. */
  public static final float[] SLOW_LOW = {
    .12f, .04f, 1, .108f, .186f, .544f, .425f, .194f, .172f, .346f
  };

  public static final float[] FAST_HIGH = {
    .08f, .6f, 1, .247f, .294f, .322f, .161f, .393f, .233f, .382f
  };
  public static final float[] FAST_WIDE = {
    1, .52f, 1, .195f, .266f, .346f, .185f, .345f, .23f, .357f
  };
  public static final float[] PLAYED = {
    .17f, .14f, .383f, .16f, .175f, .506f, .379f, .184f, .135f, .385f
  };

  private Frames() {}

  public static Frame frame(String performer, long number, float... vector) {
    return frame(new Origin(performer, number, 0, number * 5_000_000, false, false), vector);
  }

  /** A frame at this moment of the sound. */
  public static Frame at(long soundNanos, boolean silent, float... vector) {
    return frame(new Origin("a", 1, 0, soundNanos, true, false), silent, vector);
  }

  public static Frame frame(Origin origin, float... vector) {
    return frame(origin, false, vector);
  }

  private static Frame frame(Origin origin, boolean silent, float... vector) {
    float[] raw = Arrays.copyOf(vector, Math.max(10, vector.length));
    float[] ten = {1, 2, 0.1f, 1000, 2000, 5, 40, 4000, -20, 30};
    System.arraycopy(ten, 0, raw, 0, 10);
    return new Frame(
        origin,
        origin.sequence(),
        origin.sequence() / 200.0,
        vector,
        raw,
        69,
        0.9f,
        false,
        silent,
        -18,
        "lse",
        vector.length <= 10 ? List.of() : List.of(new Sense("pose", vector.length - 10, false)),
        null);
  }

  static FeatureFrame message(String performer, long number, boolean lossless, float... vector) {
    List<Float> entries = new ArrayList<>();
    for (float entry : vector) {
      entries.add(entry);
    }
    FeatureFrame.Builder message = FeatureFrame.newBuilder();
    if (vector.length > 10) {
      message.addSenses(
          org.latentspace.proto.Sense.newBuilder().setName("pose").setSize(vector.length - 10));
      message.addAllSenseRaw(entries.subList(10, vector.length));
    }
    return message
        .setOrigin(
            org.latentspace.proto.Origin.newBuilder()
                .setPerformer(performer)
                .setSequence(number)
                .setLossless(lossless))
        .setFrame(number)
        .setWindowCentreS(number / 200.0)
        .addAllVector(entries)
        .setScaling("lse")
        .build();
  }
}
