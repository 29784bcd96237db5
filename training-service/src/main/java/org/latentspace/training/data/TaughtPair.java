package org.latentspace.training.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    Target meaning) {
  /** What the first outputs of a pair do to the point. */
  public enum Motion {
    /** They are the place. */
    POSITION,
    /** They are a velocity. */
    MOVEMENT;

    /** As people say it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a pair's input shall mean, as a mapping learns it.
   *
   * @param target each 0..1, in the order of outputs
   * @param outputs names: "x", "y", "noise", "z-ramp", "z3", ..., then further ones
   * @param frames that the input is the mean of, 1 or more
   */
  public record Target(List<Float> target, List<String> outputs, Motion motion, int frames) {
    private static final int MOST = 256;
    private static final int LONGEST_NAME = 64;
    private static final double MOST_NOISE = 2;
    private static final double MOST_RAMP_MS = 5000;
    private static final double RAMP_EXPONENT = Math.log(10) / Math.log(2);

    /** Throws IllegalArgumentException for a target that cannot have been taught. */
    public Target {
      target = List.copyOf(target);
      outputs = List.copyOf(outputs);
      frames = Math.max(1, frames);
      if (target.isEmpty() || target.size() > MOST || target.size() != outputs.size()) {
        throw new IllegalArgumentException(
            "target and outputs must be equally many, 1.."
                + MOST
                + ", not "
                + target.size()
                + " and "
                + outputs.size());
      }
      if (target.stream().anyMatch(value -> !(value >= 0 && value <= 1))) {
        throw new IllegalArgumentException("target must be 0..1");
      }
      if (outputs.stream().anyMatch(name -> name.isEmpty() || name.length() > LONGEST_NAME)
          || outputs.stream().distinct().count() != outputs.size()) {
        throw new IllegalArgumentException("outputs must be different names of 1..64 characters");
      }
    }

    /**
     * What an output without a target, of the older kind, means: all entries of the position, then
     * noise 0..2, then the z-ramp in ms, whose travel u makes 5000 ms · u^log2(10).
     */
    public static Target of(List<Float> output, Motion motion, int frames) {
      int position = Math.max(Math.min(2, output.size()), output.size() - 2);
      List<Float> target = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < Math.min(2, position); i++) {
        add(i == 0 ? "x" : "y", output.get(i), target, names);
      }
      if (output.size() > position) {
        add("noise", output.get(position) / MOST_NOISE, target, names);
      }
      if (output.size() > position + 1) {
        double part = Math.max(0, output.get(position + 1) / MOST_RAMP_MS);
        add("z-ramp", Math.pow(part, 1 / RAMP_EXPONENT), target, names);
      }
      for (int i = 2; i < position; i++) {
        add("z" + (i + 1), output.get(i), target, names);
      }
      return new Target(target, names, motion, frames);
    }

    private static void add(String name, double value, List<Float> target, List<String> names) {
      names.add(name);
      target.add((float) Math.max(0, Math.min(1, value)));
    }
  }

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
