package org.latentspace.vae.model;

import java.util.Random;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.rhythm.RhythmTensor;
import org.latentspace.vae.rhythm.StrokeExtractor;

/** Checks a model before it plays: decodes a set of places and looks at the rhythms. */
final class ModelCheck {
  private static final int PLACES = 64;
  private static final long SEED = 1;
  // Beyond the square's edge, where noise can lead.
  private static final float MARGIN = 0.5f;
  private static final float ABSURD_SHARE = 0.9f;

  private final String file;
  private final Model model;
  private final float[] z;
  private final RhythmTensor tensor;

  ModelCheck(String file, Model model) {
    this.file = file;
    this.model = model;
    this.z = new float[model.latent().size()];
    this.tensor = new RhythmTensor(model.grid().steps(), model.voices().size());
  }

  /**
   * Decodes and encodes at seeded places all over the square and a little beyond.
   *
   * @throws ModelFault when a number is not finite, no place has a stroke, or all are full of them
   */
  void check() throws ModelFault {
    long strokes = checkNumbers();
    if (strokes == 0) {
      throw new ModelFault(file, "strikes nowhere at any of " + PLACES + " places");
    }
    if (strokes > ABSURD_SHARE * PLACES * model.cells()) {
      throw new ModelFault(file, "strikes nearly every cell at all of " + PLACES + " places");
    }
  }

  /**
   * Looks at the numbers alone.
   *
   * @return strokes at all places
   * @throws ModelFault when a number is not finite
   */
  long checkNumbers() throws ModelFault {
    Decoder decoder = new Decoder(model);
    Encoder encoder = new Encoder(model);
    float[] thresholds = model.thresholds();
    Random random = new Random(SEED);
    long strokes = 0;
    for (int place = 0; place < PLACES; place++) {
      for (int d = 0; d < z.length; d++) {
        float position = (1 + 2 * MARGIN) * random.nextFloat() - MARGIN;
        z[d] = model.latent().latent(d, position);
      }
      decoder.decode(z, tensor);
      requireFinite("decodes", tensor.onset());
      requireFinite("decodes", tensor.velocity());
      requireFinite("decodes", tensor.offset());
      strokes += StrokeExtractor.count(tensor, thresholds);
      encoder.encode(tensor, z);
      requireFinite("encodes", z);
    }
    return strokes;
  }

  private void requireFinite(String verb, float[] values) throws ModelFault {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new ModelFault(file, verb + " to numbers that are not finite: " + value);
      }
    }
  }
}
