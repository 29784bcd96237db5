package org.latentspace.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.latentspace.model.RhythmNetworks.DecoderLayers;
import org.latentspace.model.RhythmNetworks.EncoderLayers;

/** A model of one bar on sixteenths, two voices and seeded random weights. */
final class SmallModel {
  private static final int CELLS = 32;
  private static final int HIDDEN = 6;

  private SmallModel() {}

  static RhythmModelFile of(int latent) {
    Random random = new Random(7);
    EncoderLayers encoder =
        new EncoderLayers(
            List.of(inner(CELLS, HIDDEN, random)),
            List.of(inner(CELLS, HIDDEN, random)),
            List.of(inner(CELLS, HIDDEN, random)),
            List.of(inner(3 * HIDDEN, HIDDEN, random)),
            List.of(dense(HIDDEN, latent, ActivationFunction.IDENTITY, random)),
            List.of(dense(HIDDEN, latent, ActivationFunction.IDENTITY, random)));
    DecoderLayers decoder =
        new DecoderLayers(
            List.of(inner(latent, 2 * HIDDEN, random)),
            head(ActivationFunction.SIGMOID, random),
            head(ActivationFunction.SIGMOID, random),
            head(ActivationFunction.TANH, random));
    float[] low = new float[latent];
    float[] high = new float[latent];
    Arrays.fill(low, -2.5f);
    Arrays.fill(high, 2.5f);
    return new RhythmModelFile(
        "small-1",
        new Grid(1, 4, 4, 4),
        List.of("kick", "snare"),
        new LatentRange(low, high),
        new float[] {0.5f, 0.4f},
        new RhythmNetworks(encoder, decoder),
        Map.of("seed", "1"));
  }

  private static List<DenseLayer> head(ActivationFunction last, Random random) {
    return List.of(inner(2 * HIDDEN, HIDDEN, random), dense(HIDDEN, CELLS, last, random));
  }

  private static DenseLayer inner(int in, int out, Random random) {
    return dense(in, out, ActivationFunction.LEAKY_RELU, random);
  }

  private static DenseLayer dense(int in, int out, ActivationFunction activation, Random random) {
    return DenseLayer.of(floats(in * out, random), floats(out, random), activation);
  }

  private static float[] floats(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
