package org.latentspace.vae.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.latentspace.vae.latent.LatentRange;
import org.latentspace.vae.rhythm.Grid;

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
    return of(new Size(Grid.DEFAULT, VOICES, 2, 512), "random-" + seed, seed);
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
    Model.Score score =
        new Model.Score(
            version, size.grid(), size.voices(), new LatentRange(low, high), thresholds);
    int cells = size.grid().steps() * size.voices().size();
    Layers layers = new RandomModel(seed, size.hidden()).layers(size.latent(), cells);
    return new Model(score, "0".repeat(64), Map.of("seed", Long.toString(seed)), layers);
  }

  private Layers layers(int latent, int cells) {
    Layers.Encoding encoder =
        new Layers.Encoding(
            List.of(inner(cells, hidden)),
            List.of(inner(cells, hidden)),
            List.of(inner(cells, hidden)),
            List.of(inner(3 * hidden, hidden)),
            List.of(dense(hidden, latent, Activation.IDENTITY, 0)));
    Layers.Decoding decoder =
        new Layers.Decoding(
            List.of(inner(latent, 2 * hidden)),
            List.of(
                inner(2 * hidden, hidden), dense(hidden, cells, Activation.SIGMOID, ONSET_BIAS)),
            List.of(inner(2 * hidden, hidden), dense(hidden, cells, Activation.SIGMOID, 0)),
            List.of(inner(2 * hidden, hidden), dense(hidden, cells, Activation.TANH, 0)));
    return new Layers(encoder, decoder);
  }

  private DenseLayer inner(int in, int out) {
    return dense(in, out, Activation.LEAKY_RELU, 0);
  }

  /**
   * Weights as He et al. 2015 start them, so that the values keep their size from layer to layer.
   */
  private DenseLayer dense(int in, int out, Activation activation, float bias) {
    float[] weight = new float[in * out];
    float deviation = (float) Math.sqrt(2.0 / in);
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian() * deviation;
    }
    float[] biases = new float[out];
    Arrays.fill(biases, bias);
    float slope = activation == Activation.LEAKY_RELU ? SLOPE : 0;
    return DenseLayer.of(weight, biases, activation, slope);
  }
}
