package org.latentspace.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a pair's input shall mean, as a mapping learns it.
 *
 * @param target each 0..1, in the order of outputs
 * @param outputs names: "x", "y", "noise", "z-ramp", "z3", ..., then further ones
 * @param frames that the input is the mean of, 1 or more
 */
public record PairTarget(List<Float> target, List<String> outputs, Motion motion, int frames) {
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

  private static final int MOST = 256;
  private static final int LONGEST_NAME = 64;
  private static final double MOST_NOISE = 2;
  private static final double MOST_RAMP_MS = 5000;
  private static final double RAMP_EXPONENT = Math.log(10) / Math.log(2);

  /** Throws IllegalArgumentException for a target that cannot have been taught. */
  public PairTarget {
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
  public static PairTarget of(List<Float> output, Motion motion, int frames) {
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
    return new PairTarget(target, names, motion, frames);
  }

  private static void add(String name, double value, List<Float> target, List<String> names) {
    names.add(name);
    target.add((float) Math.max(0, Math.min(1, value)));
  }
}
