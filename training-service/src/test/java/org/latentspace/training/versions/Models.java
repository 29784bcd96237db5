package org.latentspace.training.versions;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.latentspace.training.model.DenseLayer;
import org.latentspace.training.model.DenseLayer.Activation;
import org.latentspace.training.model.ModelFile;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Grid;

/** Small models for tests. */
public final class Models {
  public static final Grid GRID = new Grid(1, 1, 4, 4);
  public static final List<String> VOICES = List.of("kick", "snare");

  private static final int CELLS = 8;

  private Models() {}

  /** The file of a model of eight cells; the seed decides its weights. */
  public static byte[] file(String version, long seed) {
    return ModelFile.write(model(version, seed));
  }

  public static RhythmModel model(String version, long seed) {
    Random random = new Random(seed);
    return new RhythmModel(
        version,
        GRID,
        VOICES,
        new RhythmModel.LatentRange(new float[] {-1, -1}, new float[] {1, 1}),
        new float[] {0.5f, 0.5f},
        new RhythmModel.Encoder(
            List.of(layer(random, "encoder.onset.0", CELLS, 3, Activation.LEAKY_RELU)),
            List.of(layer(random, "encoder.velocity.0", CELLS, 3, Activation.LEAKY_RELU)),
            List.of(layer(random, "encoder.offset.0", CELLS, 3, Activation.LEAKY_RELU)),
            List.of(layer(random, "encoder.trunk.0", 9, 4, Activation.LEAKY_RELU)),
            layer(random, "encoder.mean.0", 4, 2, Activation.IDENTITY),
            layer(random, "encoder.log_variance.0", 4, 2, Activation.IDENTITY)),
        new RhythmModel.Decoder(
            List.of(layer(random, "decoder.trunk.0", 2, 4, Activation.LEAKY_RELU)),
            List.of(layer(random, "decoder.onset.0", 4, CELLS, Activation.SIGMOID)),
            List.of(layer(random, "decoder.velocity.0", 4, CELLS, Activation.SIGMOID)),
            List.of(layer(random, "decoder.offset.0", 4, CELLS, Activation.TANH))),
        Map.of("seed", Long.toString(seed), "licence", "GPL-3.0-or-later"));
  }

  private static DenseLayer layer(Random random, String name, int in, int out, Activation a) {
    float[] weight = new float[in * out];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian();
    }
    return new DenseLayer(name, in, out, weight, new float[out], a);
  }
}
