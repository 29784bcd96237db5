package org.latentspace.vae.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.Grid;
import org.latentspace.model.LatentRange;
import org.latentspace.model.RhythmModelFile;
import org.latentspace.model.RhythmNetworks;

/**
 * Makes models of the default architecture with seeded random weights: to measure and to test,
 * where what is struck does not matter but its cost does.
 *
 * <p>Latent - dense 1024 - three branches of dense 512 - cells (rhythm.md section 2).
 */
public final class RandomModel {
  /** The nine voices of the default kit. */
  public static final List<String> VOICES =
      List.of(
          "kick",
          "snare",
          "closed-hat",
          "open-hat",
          "low-tom",
          "mid-tom",
          "high-tom",
          "clap",
          "ride");

  private static final float SLOPE = 0.01f;
  private static final float RANGE = 2.5f;
  // Keeps the onsets sparse, as a drummer does.
  private static final float ONSET_BIAS = -1;

  private final Random random;
  private final int hidden;

  private RandomModel(long seed, int hidden) {
    this.random = new Random(seed);
    this.hidden = hidden;
  }

  /** Two latent dimensions, 96 steps, nine voices. */
  public static Model ofDefaultSize(long seed) {
    return of(new Size(Grid.STANDARD, VOICES, 2, 512), "random-" + seed, seed);
  }

  /**
   * What the model plays on, and how wide it is.
   *
   * @param latent dimensions, 2..32
   * @param hidden width of the branches; the decoder's trunk is twice as wide
   */
  public record Size(Grid grid, List<String> voices, int latent, int hidden) {}

  /** A model of another size. */
  public static Model of(Size size, String version, long seed) {
    float[] low = new float[size.latent()];
    float[] high = new float[size.latent()];
    float[] thresholds = new float[size.voices().size()];
    Arrays.fill(low, -RANGE);
    Arrays.fill(high, RANGE);
    Arrays.fill(thresholds, 0.5f);
    int cells = size.grid().steps() * size.voices().size();
    RhythmModelFile file =
        new RhythmModelFile(
            version,
            size.grid(),
            size.voices(),
            new LatentRange(low, high),
            thresholds,
            new RandomModel(seed, size.hidden()).networks(size.latent(), cells),
            Map.of("seed", Long.toString(seed)));
    return new Model(file, "0".repeat(64));
  }

  private RhythmNetworks networks(int latent, int cells) {
    List<DenseLayer> onset = List.of(inner(cells, hidden));
    List<DenseLayer> velocity = List.of(inner(cells, hidden));
    List<DenseLayer> offset = List.of(inner(cells, hidden));
    List<DenseLayer> trunk = List.of(inner(3 * hidden, hidden));
    List<DenseLayer> mean = List.of(dense(hidden, latent, ActivationFunction.IDENTITY, 0));
    RhythmNetworks.EncoderLayers encoder =
        new RhythmNetworks.EncoderLayers(onset, velocity, offset, trunk, mean, mean);
    RhythmNetworks.DecoderLayers decoder =
        new RhythmNetworks.DecoderLayers(
            List.of(inner(latent, 2 * hidden)),
            List.of(
                inner(2 * hidden, hidden),
                dense(hidden, cells, ActivationFunction.SIGMOID, ONSET_BIAS)),
            List.of(inner(2 * hidden, hidden), dense(hidden, cells, ActivationFunction.SIGMOID, 0)),
            List.of(inner(2 * hidden, hidden), dense(hidden, cells, ActivationFunction.TANH, 0)));
    return new RhythmNetworks(encoder, decoder);
  }

  private DenseLayer inner(int in, int out) {
    return dense(in, out, ActivationFunction.LEAKY_RELU, 0);
  }

  /**
   * Weights as He et al. 2015 start them, so that the values keep their size from layer to layer.
   */
  private DenseLayer dense(int in, int out, ActivationFunction activation, float bias) {
    float[] weight = new float[in * out];
    float deviation = (float) Math.sqrt(2.0 / in);
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian() * deviation;
    }
    float[] biases = new float[out];
    Arrays.fill(biases, bias);
    float slope = activation == ActivationFunction.LEAKY_RELU ? SLOPE : 0;
    return DenseLayer.of(weight, biases, activation, slope);
  }
}
