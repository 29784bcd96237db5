package org.latentspace.training.vae;

import java.util.Locale;

/** What can be set of a training, each with the range that it must lie in. */
public enum HyperParameter {
  EPOCHS(1, 100_000, true, "How often every example is learned from."),
  BATCH(1, 4096, true, "Examples a step."),
  LEARNING_RATE(1e-7, 1, false, "Of Adam at the start."),
  LATENT_SIZE(2, 32, true, "Size of the latent space, 2..32."),
  ENCODER_BRANCH(1, 4096, true, "Neurons of each of the encoder's three branches."),
  ENCODER_TRUNK(1, 4096, true, "Neurons of the encoder's trunk."),
  DECODER_TRUNK(1, 4096, true, "Neurons of the decoder's trunk."),
  DECODER_BRANCH(1, 4096, true, "Neurons of each of the decoder's three branches."),
  VELOCITY_WEIGHT(0, 1000, false, "Weight of the velocities in the loss."),
  OFFSET_WEIGHT(0, 1000, false, "Weight of the offsets in the loss."),
  OFFSET_EDGE(
      0, 2, false, "Errors of an offset count squared below this, straight above; 0: squared."),
  BETA(0, 1000, false, "Weight of the KL divergence."),
  WARM_UP(0, 1, false, "0..1: share of the epochs over which beta rises."),
  GUIDE(0, 0.99, false, "0..0.99: density along x, loudness along y."),
  AUGMENT(0, 1, false, "0..1: examples louder, softer, with strokes hidden."),
  HIDE(0, 0.9, false, "0..0.9: more strokes hidden from the encoder."),
  TURN(0, 1, false, "0..1: share of the examples that begin with another bar."),
  REPEAT(1, 1000, true, "Fewest batches an epoch: small data sets are dealt several times."),
  VALIDATION_SHARE(0, 0.9, false, "Share of the pieces held out, 0..0.9."),
  PATIENCE(0, 100_000, true, "End after N epochs without a better validation loss; 0: never."),
  MIN_ONSETS(0, 10_000, true, "Leave out windows with fewer strokes.");

  private final double low;
  private final double high;
  private final boolean whole;
  private final String description;

  HyperParameter(double low, double high, boolean whole, String description) {
    this.low = low;
    this.high = high;
    this.whole = whole;
    this.description = description;
  }

  /** Its name in JSON and in the contract, such as `learning_rate`. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, in one line for people. */
  public String description() {
    return description;
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
