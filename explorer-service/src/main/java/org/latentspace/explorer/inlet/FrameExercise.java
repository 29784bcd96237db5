package org.latentspace.explorer.inlet;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings.Defaults;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Setting.Sending;
import org.latentspace.explorer.wire.ExplorerWire;
import org.latentspace.proto.Echo;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.Origin;
import org.latentspace.proto.RawFeatures;
import org.latentspace.wire.OriginWire;
import org.latentspace.wire.warmup.Exercise;

/** Exercises what makes points of frames: the message, the mapping, the point, the echo. */
@Singleton
class FrameExercise implements Exercise {
  private static final int FRAMES = 32;
  private static final long FRAME_NANOS = 11_609_977;

  private final Performers performers;

  @Inject
  FrameExercise(Performers performers) {
    this.performers = performers;
  }

  @Override
  public Round begin() {
    Performer performer =
        new Performer(
            "warm-up",
            new Defaults(
                Place.Mode.PREDICT,
                Sending.AUTO,
                performers.latentSize(),
                performers.beginning().network()));
    return new Round() {
      private long sequence;

      @Override
      public void once() {
        for (int i = 0; i < FRAMES; i++) {
          play(performer, ++sequence);
        }
      }
    };
  }

  private static void play(Performer performer, long sequence) {
    try {
      FeatureFrame message = FeatureFrame.parseFrom(message(sequence).toByteArray());
      Frame frame = Decoding.frame(message);
      Place place = performer.hear(frame);
      ExplorerWire.point(frame.origin(), place).toByteArray();
      Echo.newBuilder()
          .setOrigin(OriginWire.write(frame.origin()))
          .setFeatures(message)
          .setPoint(ExplorerWire.point(frame.origin(), place))
          .setExploring(ExplorerWire.exploring(performer.doing()))
          .build()
          .toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FeatureFrame message(long sequence) {
    FeatureFrame.Builder frame =
        FeatureFrame.newBuilder()
            .setOrigin(
                Origin.newBuilder()
                    .setPerformer("warm-up")
                    .setSequence(sequence)
                    .setSoundNanos(sequence * FRAME_NANOS))
            .setFrame(sequence)
            .setRaw(RawFeatures.newBuilder().setCentroidHz(1000))
            .setScaling("lse");
    for (int i = 0; i < Frame.FEATURES; i++) {
      frame.addVector((sequence * (i + 1)) % 100 / 100f);
    }
    return frame.build();
  }
}
