package org.latentspace.explorer.mapping;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;

/**
 * A network with the names of what goes in and comes out; it never changes.
 *
 * @param version 1..64 characters of [A-Za-z0-9_-]; empty for one that was not fitted here
 * @param senses names of the inputs, e.g. "ambitus"; empty: the vector's first entries
 * @param outputs names of the outputs: x, y, noise, z-ramp, z3, ..., then further ones; empty: in
 *     that order, as many as there are
 * @param scaling which scaling made the inputs that it was taught with; empty: nobody knows
 * @param motion what its outputs do; null: whatever the performer has chosen
 * @param meanInput 0..1, as long as senses: what an absent sense is taken to be; empty: 0.5; never
 *     written to
 */
public record TaughtMapping(
    String version,
    MappingNetwork network,
    List<String> senses,
    List<String> outputs,
    String scaling,
    Motion motion,
    float[] meanInput) {

  /** Outputs that a mapping has at least: x and y. */
  public static final int LEAST_OUTPUTS = 2;

  public TaughtMapping {
    senses = List.copyOf(senses);
    outputs = List.copyOf(outputs);
  }

  /** What outputs are called that have no names: x, y, noise, z-ramp, z3, ... */
  public static List<String> usualOutputs(int count) {
    List<String> names = new ArrayList<>(List.of("x", "y", "noise", "z-ramp"));
    for (int i = names.size(); i < count; i++) {
      names.add("z" + (i - 1));
    }
    return names.subList(0, Math.min(count, names.size()));
  }

  /** One that was set by hand or is built in: nobody has said what its inputs are called. */
  public static TaughtMapping unnamed(MappingNetwork network) {
    return new TaughtMapping("", network, List.of(), List.of(), "", null, new float[0]);
  }

  /**
   * Whether a network whose inputs have no names can place a point: it takes the ten features, or
   * these and the first of the other senses' entries.
   *
   * @param entries of the vector
   * @throws ModelFault where it has other inputs, or fewer than 2 outputs
   */
  public static void check(MappingNetwork network, int entries) throws ModelFault {
    if (network.inputs() < Math.min(Frame.FEATURES, entries) || network.inputs() > entries) {
      throw new ModelFault(
          "has "
              + network.inputs()
              + " inputs (layers[0].rows), but the vector has "
              + entries
              + (entries <= Frame.FEATURES ? "" : ", of which the first 10 are the features"));
    }
    if (network.outputs() < LEAST_OUTPUTS) {
      throw new ModelFault(
          "has 1 output (cols of the last layer), must be at least 2: x, y, noise, ramp, ...");
    }
  }

  /** What input i is taken to be that was never heard: the mean of what was taught, 0..1. */
  public float absent(int i) {
    return i < meanInput.length ? meanInput[i] : 0.5f;
  }

  /** Whether its inputs have names. */
  public boolean isNamed() {
    return !senses.isEmpty();
  }

  /**
   * Says whether names and network belong together.
   *
   * @throws ModelFault with one line that says what is wrong
   */
  public void check() throws ModelFault {
    require(senses.size() == network.inputs(), "senses", senses.size(), network.inputs());
    require(outputs.size() == network.outputs(), "outputs", outputs.size(), network.outputs());
    require(
        meanInput.length == 0 || meanInput.length == senses.size(),
        "mean_input",
        meanInput.length,
        senses.size());
    for (float mean : meanInput) {
      if (!(mean >= 0 && mean <= 1)) {
        throw new ModelFault("mean_input has " + mean + ", must be 0..1");
      }
    }
    distinct("senses", senses);
    distinct("outputs", outputs);
    if (outputs.size() < 2 || !outputs.get(0).equals("x") || !outputs.get(1).equals("y")) {
      throw new ModelFault("outputs are " + outputs + ", must begin with x, y");
    }
  }

  private static void distinct(String what, List<String> names) throws ModelFault {
    if (names.stream().distinct().count() < names.size()) {
      throw new ModelFault(what + " has a name twice: " + names);
    }
  }

  private static void require(boolean right, String what, int has, int must) throws ModelFault {
    if (!right) {
      throw new ModelFault(what + " has " + has + " entries, must be " + must);
    }
  }

  /** What the outputs of a mapping do to the point. */
  public enum Motion {
    /** The position's entries are the place. */
    POSITION,
    /** The position's entries are a velocity; the place is where it has led to. */
    MOVEMENT
  }

  /**
   * A mapping that was fitted to what a performer taught.
   *
   * @param record all that is known of how it was fitted, as it stands in the log; never written to
   */
  public record Fitted(String performer, TaughtMapping mapping, byte[] record) {

    public String version() {
      return mapping.version();
    }
  }
}
