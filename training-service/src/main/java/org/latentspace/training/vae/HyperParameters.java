package org.latentspace.training.vae;

/**
 * Everything that decides what a training makes of the same data.
 *
 * @param layers sizes of the network
 * @param epochs 1..100000
 * @param batch windows a step, 1..4096
 * @param learningRate of Adam at the start; it falls along half a cosine to a hundredth
 * @param weights of the parts of the loss
 * @param guide 0..0.99: how far the prior's centre goes with the rhythm's density (first dimension)
 *     and loudness (second); 0 is the plain standard normal prior
 * @param augment 0..1: how much the examples are varied, see Batches; 0 leaves them as they are
 * @param validation share of the pieces that are held out, 0..0.9
 */
public record HyperParameters(
    Layers layers,
    int epochs,
    int batch,
    double learningRate,
    Weights weights,
    double guide,
    double augment,
    double validation,
    long seed) {

  /** Neurons of a branch of the encoder, its trunk, the latent space, the decoder likewise. */
  public record Layers(
      int encoderBranch, int encoderTrunk, int latent, int decoderTrunk, int decoderBranch) {
    /** As in RhythmVAE (Tokui 2020). */
    public static final Layers RHYTHM_VAE = new Layers(512, 512, 2, 1024, 512);

    /** Small enough for a model file of 4 MB. */
    public static final Layers SIX_ROBOTS = new Layers(128, 192, 2, 256, 256);

    public Layers {
      check("encoder branch", encoderBranch, 1, 4096);
      check("encoder trunk", encoderTrunk, 1, 4096);
      check("latent", latent, 2, 32);
      check("decoder trunk", decoderTrunk, 1, 4096);
      check("decoder branch", decoderBranch, 1, 4096);
    }

    public Layers withLatent(int size) {
      return new Layers(encoderBranch, encoderTrunk, size, decoderTrunk, decoderBranch);
    }
  }

  /** Factors of the squared errors of velocity and offset and of the KL divergence. */
  public record Weights(double velocity, double offset, double beta) {
    public Weights {
      check("velocity weight", velocity, 0, 1000);
      check("offset weight", offset, 0, 1000);
      check("beta", beta, 0, 1000);
    }
  }

  /** The published network with the plain prior. */
  public static final HyperParameters RHYTHM_VAE =
      new HyperParameters(Layers.RHYTHM_VAE, 150, 64, 1e-3, new Weights(1, 1, 1), 0, 0, 0.125, 1);

  /** What the built-in model is trained with. */
  public static final HyperParameters SIX_ROBOTS =
      new HyperParameters(Layers.SIX_ROBOTS, 250, 64, 2e-3, new Weights(8, 2, 1), 0.8, 1, 0.125, 2);

  public HyperParameters {
    check("epochs", epochs, 1, 100_000);
    check("batch", batch, 1, 4096);
    check("learning rate", learningRate, 1e-7, 1);
    check("guide", guide, 0, 0.99);
    check("augment", augment, 0, 1);
    check("validation", validation, 0, 0.9);
  }

  private static void check(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          name + " is " + number(value) + ", must lie in " + number(low) + ".." + number(high));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
