package org.latentspace.training.vae;

import java.util.Locale;

/** What can be set of a training, each with the range that it must lie in. */
public enum HyperParameter {
  /** How often every example is learned from. */
  EPOCHS(1, 100_000, true),
  /** Examples that are learned from in one step. */
  BATCH(1, 4096, true),
  /** Of Adam at the start; it falls along half a cosine to a hundredth. */
  LEARNING_RATE(1e-7, 1, false),
  /** Dimensions of the latent space. */
  LATENT_SIZE(2, 32, true),
  /** Neurons of each of the encoder's three branches. */
  ENCODER_BRANCH(1, 4096, true),
  /** Neurons of the encoder's trunk. */
  ENCODER_TRUNK(1, 4096, true),
  /** Neurons of the decoder's trunk. */
  DECODER_TRUNK(1, 4096, true),
  /** Neurons of each of the decoder's three branches. */
  DECODER_BRANCH(1, 4096, true),
  /** Factor of the squared error of the velocities. */
  VELOCITY_WEIGHT(0, 1000, false),
  /** Factor of the error of the offsets. */
  OFFSET_WEIGHT(0, 1000, false),
  /** Errors of an offset count squared below this and straight above; 0: always squared. */
  OFFSET_EDGE(0, 2, false),
  /** Factor of the KL divergence: higher gives a smoother map and less exact rhythms. */
  BETA(0, 1000, false),
  /** First epochs, as a share of all, over which beta rises from nothing to its value. */
  WARM_UP(0, 1, false),
  /** How far the prior follows density (first dimension) and loudness (second); 0: not at all. */
  GUIDE(0, 0.99, false),
  /** How much the examples are varied in loudness and hidden strokes, see Batches; 0: not. */
  AUGMENT(0, 1, false),
  /** Share of the strokes that the encoder is not shown, besides what augment hides. */
  HIDE(0, 0.9, false),
  /** Share of the examples that begin with another of their bars. */
  TURN(0, 1, false),
  /** Fewest batches of an epoch: a small data set is dealt several times. */
  REPEAT(1, 1000, true),
  /** Share of the pieces that is held back to judge by. */
  VALIDATION_SHARE(0, 0.9, false),
  /** Epochs without a better validation loss after which the training ends; 0: never. */
  PATIENCE(0, 100_000, true),
  /** Fewest onsets of an example. */
  MIN_ONSETS(0, 10_000, true);

  private final double low;
  private final double high;
  private final boolean whole;

  HyperParameter(double low, double high, boolean whole) {
    this.low = low;
    this.high = high;
    this.whole = whole;
  }

  /** Its name in JSON and in the contract, such as `learning_rate`. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isWhole() {
    return whole;
  }

  /** Throws IllegalArgumentException for a name that no hyper-parameter has. */
  public static HyperParameter named(String label) {
    for (HyperParameter each : values()) {
      if (each.label().equals(label)) {
        return each;
      }
    }
    throw new IllegalArgumentException("unknown hyper-parameter '" + label + "'");
  }

  /** Throws IllegalArgumentException, naming the range, for a value outside it. */
  void checked(double value) {
    boolean inside = value >= low && value <= high;
    if (!inside || (whole && value != Math.rint(value))) {
      throw new IllegalArgumentException(
          label().replace('_', ' ')
              + " is "
              + shown(value)
              + ", must "
              + (inside ? "be a whole number" : "lie in " + shown(low) + ".." + shown(high)));
    }
  }

  /** Without a point where there is no fraction. */
  private static String shown(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
