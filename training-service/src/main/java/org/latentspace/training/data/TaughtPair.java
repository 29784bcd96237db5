package org.latentspace.training.data;

import java.time.Instant;
import java.util.List;

/**
 * What a way of playing shall mean, as a musician taught it.
 *
 * @param input 0..1 in the order of senses; rawInput is the same before scaling
 * @param spread how widely the input lay about its mean: the lower triangle of the covariance of
 *     the first ten entries (or of all, if fewer), row by row, then the variance of each further
 *     one; empty: not known
 * @param output x, y, ... 0..1, then noise 0..2, then z-ramp in ms 0..5000
 * @param meaning the same as a mapping learns it
 */
public record TaughtPair(
    String performer,
    String pair,
    Instant taughtAt,
    List<Float> input,
    List<Float> rawInput,
    String scaling,
    List<String> senses,
    List<Float> spread,
    List<Float> output,
    PairTarget meaning) {
  /** Entries whose covariance is known; of those behind them, the variance alone. */
  public static final int IN_STEP = 10;

  private static final int MOST_NUMBERS = 512;
  // A sense's name of 64 characters, a point, and which of its 256 entries.
  private static final int LONGEST_SENSE = 68;

  /** Throws IllegalArgumentException for a pair that cannot have been taught. */
  public TaughtPair {
    input = numbers("input", input);
    rawInput = numbers("raw_input", rawInput);
    spread = List.copyOf(spread);
    output = numbers("output", output);
    senses = List.copyOf(senses);
    scaling = Text.printable(scaling, 64);
    if (input.isEmpty() || output.isEmpty() || meaning == null) {
      throw new IllegalArgumentException("a pair has an input and an output");
    }
    boolean named = senses.stream().allMatch(s -> s.length() <= LONGEST_SENSE);
    if (!named || (!senses.isEmpty() && senses.size() != input.size())) {
      throw new IllegalArgumentException(
          "senses must be as many as inputs, " + input.size() + ", not " + senses.size());
    }
    requireSpread(spread, spreadOf(input.size()));
  }

  /** Entries of the spread of so many inputs. */
  public static int spreadOf(int inputs) {
    int inStep = Math.min(IN_STEP, inputs);
    return inStep * (inStep + 1) / 2 + inputs - inStep;
  }

  /** As the log names it: performer/pair. */
  public String key() {
    return performer + "/" + pair;
  }

  private static void requireSpread(List<Float> spread, int entries) {
    boolean right = spread.isEmpty() || spread.size() == entries;
    if (!right || spread.stream().anyMatch(v -> !(Math.abs(v) <= 1))) {
      throw new IllegalArgumentException(
          "spread must be " + entries + " numbers -1..1 or none, not " + spread.size());
    }
  }

  private static List<Float> numbers(String name, List<Float> values) {
    if (values.size() > MOST_NUMBERS || values.stream().anyMatch(v -> !Float.isFinite(v))) {
      throw new IllegalArgumentException(
          name + " must be at most " + MOST_NUMBERS + " finite numbers");
    }
    return List.copyOf(values);
  }
}
