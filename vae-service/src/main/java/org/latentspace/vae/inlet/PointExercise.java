package org.latentspace.vae.inlet;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.Origin;
import org.latentspace.vae.latent.Noise.NoiseSettings;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.playing.Performer;
import org.latentspace.vae.playing.PointBatch;
import org.latentspace.vae.wire.RhythmWire;
import org.latentspace.wire.warmup.Exercise;

/** Exercises what makes rhythms of points, with the model that plays first. */
@Singleton
class PointExercise implements Exercise {
  private static final int POINTS = 4;
  private static final long FRAME_NANOS = 11_609_977;
  private static final int NOISE_INTERVAL_MS = 500;

  private final ActiveModel activeModel;

  @Inject
  PointExercise(ActiveModel activeModel) {
    this.activeModel = activeModel;
  }

  @Override
  public Round begin() {
    Performer performer = new Performer("warm-up", new NoiseSettings(1, NOISE_INTERVAL_MS));
    PointBatch batch = new PointBatch();
    return new Round() {
      private long sequence;

      @Override
      public void once() {
        ActiveModel.Playing playing = activeModel.playing();
        for (int i = 0; playing != null && i < POINTS; i++) {
          LatentPoint point = message(++sequence, playing.model().latent().size());
          batch.add(performer, PointReader.read(point), playing, 0);
          batch.play(
              (rhythm, arrived) -> RhythmWire.write(rhythm).toByteArray(), (origin, fault) -> {});
        }
      }
    };
  }

  private static LatentPoint message(long sequence, int size) {
    LatentPoint.Builder point =
        LatentPoint.newBuilder()
            .setOrigin(
                Origin.newBuilder()
                    .setPerformer("warm-up")
                    .setSequence(sequence)
                    .setSoundNanos(sequence * FRAME_NANOS))
            .setNoise(0.1f)
            .setZRampMs(50);
    for (int i = 0; i < size; i++) {
      point.addPosition((sequence * (i + 1)) % 100 / 100f);
    }
    return point.build();
  }
}
