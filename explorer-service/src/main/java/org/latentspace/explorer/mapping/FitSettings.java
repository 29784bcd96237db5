package org.latentspace.explorer.mapping;

import java.util.List;

/**
 * What fits are made with; null is what the fit takes by itself.
 *
 * @param hidden units of the hidden layers, each 1..256, at most 4 layers; empty: one of 3
 * @param activation "sigmoid", "tanh" or "relu"; empty: sigmoid
 * @param epochs 1..100000
 * @param learningRate 1e-6..1e6
 * @param continueFromPlaying go on from the mapping that plays
 * @param leaveOneOut also the error of each pair under a mapping that has not seen it
 */
public record FitSettings(
    List<Integer> hidden,
    String activation,
    Integer epochs,
    Double learningRate,
    Long seed,
    boolean continueFromPlaying,
    boolean leaveOneOut) {
  /** As the fit takes it by itself. */
  public static final FitSettings USUAL =
      new FitSettings(List.of(), "", null, null, null, false, false);

  private static final double LEAST_RATE = 1e-6;
  private static final double MOST_RATE = 1e6;
  private static final int MOST_LAYERS = 4;
  private static final int MOST_UNITS = 256;
  private static final int MOST_EPOCHS = 100_000;

  /** Throws IllegalArgumentException that names the value and its range. */
  public FitSettings {
    hidden = List.copyOf(hidden);
    require(hidden.size() <= MOST_LAYERS, "hidden has " + hidden.size() + " layers", "at most 4");
    for (int units : hidden) {
      require(units >= 1 && units <= MOST_UNITS, "hidden=" + units, "1..256");
    }
    require(
        List.of("", "sigmoid", "tanh", "relu").contains(activation),
        "activation=" + activation,
        "sigmoid, tanh or relu");
    require(
        epochs == null || (epochs >= 1 && epochs <= MOST_EPOCHS), "epochs=" + epochs, "1..100000");
    require(
        learningRate == null || (learningRate >= LEAST_RATE && learningRate <= MOST_RATE),
        "learning_rate=" + learningRate,
        "1e-6..1e6");
  }

  private static void require(boolean right, String wrong, String would) {
    if (!right) {
      throw new IllegalArgumentException("fit." + wrong + ": must be " + would);
    }
  }
}
