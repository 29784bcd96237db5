package org.latentspace.training.versions;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.Grid;
import org.latentspace.model.LatentRange;
import org.latentspace.model.RhythmNetworks;
import org.latentspace.training.model.RhythmModel;

/** Small models for tests. */
public final class Models {
  public static final Grid GRID = new Grid(1, 1, 4, 4);
  public static final List<String> VOICES = List.of("kick", "snare");

  private static final int CELLS = 8;

  private Models() {}

  /** The file of a model of eight cells; the seed decides its weights. */
  public static byte[] file(String version, long seed) {
    return model(version, seed).write();
  }

  public static RhythmModel model(String version, long seed) {
    Random random = new Random(seed);
    return new RhythmModel(
        version,
        GRID,
        VOICES,
        new LatentRange(new float[] {-1, -1}, new float[] {1, 1}),
        new float[] {0.5f, 0.5f},
        new RhythmNetworks(
            new RhythmNetworks.EncoderLayers(
                List.of(layer(random, CELLS, 3, ActivationFunction.LEAKY_RELU)),
                List.of(layer(random, CELLS, 3, ActivationFunction.LEAKY_RELU)),
                List.of(layer(random, CELLS, 3, ActivationFunction.LEAKY_RELU)),
                List.of(layer(random, 9, 4, ActivationFunction.LEAKY_RELU)),
                List.of(layer(random, 4, 2, ActivationFunction.IDENTITY)),
                List.of(layer(random, 4, 2, ActivationFunction.IDENTITY))),
            new RhythmNetworks.DecoderLayers(
                List.of(layer(random, 2, 4, ActivationFunction.LEAKY_RELU)),
                List.of(layer(random, 4, CELLS, ActivationFunction.SIGMOID)),
                List.of(layer(random, 4, CELLS, ActivationFunction.SIGMOID)),
                List.of(layer(random, 4, CELLS, ActivationFunction.TANH)))),
        Map.of("seed", Long.toString(seed), "licence", "GPL-3.0-or-later"));
  }

  private static DenseLayer layer(Random random, int in, int out, ActivationFunction a) {
    float[] weight = new float[in * out];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian();
    }
    return DenseLayer.of(weight, new float[out], a);
  }
}
