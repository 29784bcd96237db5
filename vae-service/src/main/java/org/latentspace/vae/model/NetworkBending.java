package org.latentspace.vae.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.RhythmNetworks;

/**
 * Bends a decoder: Gaussian noise on its weights, in units of each weight tensor's own standard
 * deviation; biases stay. As in R-VAE (Vigliensoni 2022), whose network bending shakes a trained
 * model's weights to find rhythms that it was not taught.
 *
 * @param amount standard deviation of the noise, 0..2; 0 is the model itself
 * @param seed the same one bends in the same way; twice the amount bends twice as far
 */
public record NetworkBending(float amount, long seed) {
  private static final float MOST = 2;

  /**
   * Refuses an amount out of range.
   *
   * @throws IllegalArgumentException with the value and its range
   */
  public NetworkBending {
    if (!(amount >= 0 && amount <= MOST)) {
      throw new IllegalArgumentException("amount is " + amount + ", must be 0.." + MOST);
    }
  }

  /** A bent copy; the model itself where the amount is 0. */
  Model bend(Model model) {
    if (amount == 0) {
      return model;
    }
    Random random = new Random(seed);
    RhythmNetworks.DecoderLayers decoder = model.networks().decoder();
    RhythmNetworks.DecoderLayers bent =
        new RhythmNetworks.DecoderLayers(
            bend(decoder.trunk(), random),
            bend(decoder.onset(), random),
            bend(decoder.velocity(), random),
            bend(decoder.offset(), random));
    String how = String.format(Locale.ROOT, "{\"amount\":%s,\"seed\":%d}", amount, seed);
    return model.withDecoder(bent, "bending", how);
  }

  private List<DenseLayer> bend(List<DenseLayer> layers, Random random) {
    List<DenseLayer> bent = new ArrayList<>();
    for (DenseLayer layer : layers) {
      double unit = amount * deviation(layer.rows());
      float[][] rows = new float[layer.in()][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = layer.rows()[i].clone();
        for (int o = 0; o < rows[i].length; o++) {
          rows[i][o] += (float) (unit * random.nextGaussian());
        }
      }
      bent.add(new DenseLayer(rows, layer.bias(), layer.activation(), layer.slope()));
    }
    return List.copyOf(bent);
  }

  private static double deviation(float[][] rows) {
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (float[] row : rows) {
      for (float weight : row) {
        sum += weight;
        squares += (double) weight * weight;
      }
      count += row.length;
    }
    double mean = sum / count;
    return Math.sqrt(Math.max(0, squares / count - mean * mean));
  }
}
