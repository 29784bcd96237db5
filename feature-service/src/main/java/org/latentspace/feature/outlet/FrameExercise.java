package org.latentspace.feature.outlet;

import jakarta.inject.Singleton;
import org.latentspace.feature.dsp.Block;
import org.latentspace.feature.dsp.FeatureSettings;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.performer.Origin;
import org.latentspace.wire.warmup.Exercise;

/** Exercises what makes frames of blocks: notes and rests through an extractor, and the message. */
@Singleton
class FrameExercise implements Exercise {
  private static final int RATE = 44_100;
  private static final int SAMPLES = 512;
  private static final int BLOCKS = 8;
  private static final int NOTE_BLOCKS = 20;
  private static final double[] NOTES_HZ = {0, 220, 247, 880, 0, 131, 523};

  @Override
  public Round begin() {
    Listeners listeners = new Listeners(1, name -> FeatureSettings.standard());
    return new Round() {
      private long sequence;

      @Override
      public void once() {
        for (int i = 0; i < BLOCKS; i++) {
          sequence++;
          Block block = block(sequence);
          listeners.hear(block, sequence, h -> Encoding.frame(block, h).build().toByteArray());
        }
      }
    };
  }

  private static Block block(long sequence) {
    double hz = NOTES_HZ[(int) (sequence / NOTE_BLOCKS % NOTES_HZ.length)];
    float[] samples = new float[SAMPLES];
    for (int i = 0; hz > 0 && i < SAMPLES; i++) {
      double cycles = ((sequence * SAMPLES) + i) * hz / RATE;
      samples[i] = (float) (0.4 * (cycles - Math.floor(cycles)) - 0.2);
    }
    long soundNanos = Math.round(sequence * SAMPLES * 1e9 / RATE);
    Origin origin = new Origin("warm-up", sequence, 0, soundNanos, false, false);
    return new Block(origin, RATE, samples);
  }
}
