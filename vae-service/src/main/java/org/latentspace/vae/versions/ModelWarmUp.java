package org.latentspace.vae.versions;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.latentspace.vae.model.Decoder;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.rhythm.RhythmTensor;
import org.latentspace.vae.rhythm.StrokeExtractor;

/**
 * Decodes a model until that gets no faster, so that its first rhythm costs no more than a later
 * one: the compiler has seen its layer sizes, and its weights have been in the caches.
 *
 * <p>Rests as long as it works, so that the performers have the processor.
 */
final class ModelWarmUp {
  static final int BATCH = 16;
  static final int MOST_BATCHES = 40;
  private static final int STEADY_BATCHES = 4;
  private static final double FASTER = 0.95;
  private static final long LONGEST_REST_NANOS = 20_000_000;

  private ModelWarmUp() {}

  /**
   * Warms a model up on the calling thread.
   *
   * @return decodes that were made, at most {@value #BATCH} times {@value #MOST_BATCHES}
   */
  static int run(Model model, BooleanSupplier givenUp) {
    Decoder decoder = new Decoder(model);
    StrokeExtractor extractor = new StrokeExtractor(model.version(), model.grid(), model.voices());
    RhythmTensor tensor = new RhythmTensor(model.grid().steps(), model.voices().size());
    float[] thresholds = model.thresholds();
    float[] z = new float[model.latent().size()];
    Random random = new Random(1);
    long best = Long.MAX_VALUE;
    int steady = 0;
    int batches = 0;
    while (batches < MOST_BATCHES && steady < STEADY_BATCHES && !givenUp.getAsBoolean()) {
      long began = System.nanoTime();
      for (int i = 0; i < BATCH; i++) {
        for (int d = 0; d < z.length; d++) {
          z[d] = model.latent().latent(d, random.nextFloat());
        }
        decoder.decode(z, tensor);
        extractor.strike(tensor, thresholds);
      }
      long took = System.nanoTime() - began;
      steady = took < best * FASTER ? 0 : steady + 1;
      best = Math.min(best, took);
      batches++;
      LockSupport.parkNanos(Math.min(took, LONGEST_REST_NANOS));
    }
    return batches * BATCH;
  }
}
