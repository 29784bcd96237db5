package org.latentspace.audio.outlet;

import jakarta.inject.Singleton;
import org.latentspace.audio.sound.Input;
import org.latentspace.audio.sound.Performer;
import org.latentspace.audio.sound.Saxophone;
import org.latentspace.audio.sound.Sound;
import org.latentspace.wire.warmup.Exercise;

/** Exercises what makes blocks: the built-in performer, numbering, the message. */
@Singleton
class BlockExercise implements Exercise {
  private static final int RATE = 44_100;
  private static final int SAMPLES = 512;
  private static final int BLOCKS = 16;

  @Override
  public Round begin() {
    Saxophone saxophone = new Saxophone(1, RATE);
    Performer performer = new Performer("warm-up", Input.parse("synthetic"), 1, 0);
    float[] samples = new float[SAMPLES];
    return () -> {
      for (int i = 0; i < BLOCKS; i++) {
        saxophone.read(samples, SAMPLES);
        Sound sound = new Sound(samples, SAMPLES, RATE, 0, false);
        FeatureOutlet.message(performer.number(sound, false)).build().toByteArray();
      }
    };
  }
}
