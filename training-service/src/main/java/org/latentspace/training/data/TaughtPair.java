package org.latentspace.training.data;

import java.time.Instant;
import java.util.List;

/**
 * What a way of playing shall mean, as a musician taught it.
 *
 * @param input 0..1 in the order of senses; rawInput is the same before scaling
 * @param output x, y, ... 0..1, then noise 0..2, then z-ramp in ms 0..5000
 */
public record TaughtPair(
    String performer,
    String pair,
    Instant taughtAt,
    List<Float> input,
    List<Float> rawInput,
    String scaling,
    List<String> senses,
    List<Float> output) {
  private static final int MOST_NUMBERS = 256;

  /** Throws IllegalArgumentException for a pair that nobody can have taught. */
  public TaughtPair {
    input = numbers("input", input);
    rawInput = numbers("raw_input", rawInput);
    output = numbers("output", output);
    senses = List.copyOf(senses);
    scaling = Text.printable(scaling, 64);
    if (input.isEmpty() || output.isEmpty()) {
      throw new IllegalArgumentException("a pair has an input and an output");
    }
    boolean named = senses.stream().allMatch(s -> s.length() <= 64);
    if (!named || (!senses.isEmpty() && senses.size() != input.size())) {
      throw new IllegalArgumentException(
          "senses must be as many as inputs, " + input.size() + ", not " + senses.size());
    }
  }

  /** As the log names it: performer/pair. */
  public String key() {
    return performer + "/" + pair;
  }

  private static List<Float> numbers(String name, List<Float> values) {
    if (values.size() > MOST_NUMBERS || values.stream().anyMatch(v -> !Float.isFinite(v))) {
      throw new IllegalArgumentException(
          name + " must be at most " + MOST_NUMBERS + " finite numbers");
    }
    return List.copyOf(values);
  }
}
