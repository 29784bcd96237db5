package org.latentspace.training.fit;

import java.util.List;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;

/**
 * How a mapping shall be fitted.
 *
 * @param hidden units of each hidden layer
 * @param epochs passes over all pairs; 0: as many as the size allows, {@link #epochsFor}
 * @param learningRate of the first moments; the same for all epochs
 * @param seed null: chosen by who fits
 * @param goesOn from the mapping that plays, where it has the same shape
 */
public record FitPlan(
    List<Integer> hidden,
    ActivationFunction activation,
    int epochs,
    double learningRate,
    Long seed,
    boolean goesOn,
    boolean leaveOneOut) {
  /** Where nothing else is said. */
  public static final List<Integer> HIDDEN = List.of(3);

  public static final int EPOCHS = 300;
  public static final double LEARNING_RATE = 0.1;

  /** What a message can hold of a network. */
  public static final int MOST_WEIGHTS = 30_000;

  private static final double LEAST_RATE = 1e-6;
  private static final double MOST_RATE = 1e6;
  private static final int MOST_LAYERS = 4;
  private static final int MOST_UNITS = 256;
  private static final int MOST_EPOCHS = 100_000;
  private static final int FEWEST_EPOCHS = 50;
  private static final int MOST_ROWS = 1024;
  // Weights x pairs x epochs: some seconds; and the longest that other fits may have to wait.
  private static final double WORK = 1.5e9;
  private static final double MOST_WORK = 5e10;

  /** Throws IllegalArgumentException that names what is out of its range. */
  public FitPlan {
    hidden = hidden.isEmpty() ? HIDDEN : List.copyOf(hidden);
    require(hidden.size() <= MOST_LAYERS, "hidden", hidden.size() + " layers", "at most 4");
    for (int units : hidden) {
      require(units >= 1 && units <= MOST_UNITS, "hidden", units, "1..256 each");
    }
    require(epochs >= 0 && epochs <= MOST_EPOCHS, "epochs", epochs, "1..100000");
    require(
        learningRate >= LEAST_RATE && learningRate <= MOST_RATE,
        "learning_rate",
        learningRate,
        "1e-6..1e6");
  }

  /**
   * Function of the hidden layers by the word of the settings: "sigmoid", "tanh" or "relu"; nothing
   * is sigmoid. Throws IllegalArgumentException for another word.
   */
  public static ActivationFunction activation(String word) {
    return switch (word) {
      case "", "sigmoid" -> ActivationFunction.SIGMOID;
      case "tanh" -> ActivationFunction.TANH;
      case "relu" -> ActivationFunction.RELU;
      default ->
          throw new IllegalArgumentException(
              "activation is '" + word + "', must be sigmoid, tanh or relu");
    };
  }

  private static void require(boolean right, String name, Object value, String would) {
    if (!right) {
      throw new IllegalArgumentException(name + " is " + value + ", must be " + would);
    }
  }

  /** Weights and biases of such a network; throws IllegalArgumentException for too many. */
  public int weights(int inputs, int outputs) {
    int sum = 0;
    int from = inputs;
    for (int units : hidden) {
      sum += (from + 1) * units;
      from = units;
    }
    sum += (from + 1) * outputs;
    if (sum > MOST_WEIGHTS) {
      throw new IllegalArgumentException(
          "hidden is "
              + hidden
              + ": with "
              + inputs
              + " inputs and "
              + outputs
              + " outputs that makes "
              + sum
              + " weights, must be at most "
              + MOST_WEIGHTS);
    }
    return sum;
  }

  /**
   * Epochs that are run: those that were asked for, or 300, and fewer where pairs and weights are
   * many, so that the answer does not keep anybody waiting. Throws IllegalArgumentException where
   * more are asked for than one performer may have of the worker.
   */
  public int epochsFor(int weights, int pairs) {
    double turn = (double) weights * pairs;
    if (epochs == 0) {
      return (int) Math.max(FEWEST_EPOCHS, Math.min(EPOCHS, WORK / turn));
    }
    require(
        turn * epochs <= MOST_WORK,
        "epochs",
        epochs + " with " + pairs + " pairs and " + weights + " weights",
        "at most " + (long) (MOST_WORK / turn));
    return epochs;
  }

  /** Rows that the pairs and what is drawn about them may be without making a fit slow. */
  int rowsFor(int weights) {
    double affordable = Math.min(WORK / EPOCHS, MOST_WORK / epochs);
    return (int) Math.min(MOST_ROWS, affordable / weights);
  }

  /** Whether a network has these inputs, the plan's hidden layers, and these outputs. */
  boolean fits(MappingNetwork network, int inputs, int outputs) {
    List<MappingLayer> layers = network.layers();
    MappingLayer last = layers.get(layers.size() - 1);
    boolean fits = layers.size() == hidden.size() + 1 && network.inputs() == inputs;
    for (int i = 0; fits && i < hidden.size(); i++) {
      MappingLayer layer = layers.get(i);
      fits = layer.outputs() == hidden.get(i) && layer.activation() == activation;
    }
    return fits && last.outputs() == outputs && last.activation() == ActivationFunction.SIGMOID;
  }

  /** The same with these epochs, and this seed. */
  public FitPlan with(int chosenEpochs, long chosenSeed) {
    return new FitPlan(
        hidden, activation, chosenEpochs, learningRate, chosenSeed, goesOn, leaveOneOut);
  }
}
