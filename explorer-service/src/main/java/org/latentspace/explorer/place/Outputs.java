package org.latentspace.explorer.place;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a mapping's outputs, each 0..1, as a place: x, y, noise, ramp, then further entries of the
 * position, then further outputs in the order of the routes.
 *
 * <p>What the mapping has no output for stays where the hand has put it; outputs that the latent
 * space has no entry for are left alone. An output that is not a number leaves its value as it was.
 */
public final class Outputs {
  private static final int NOISE = 2;
  private static final int RAMP = 3;

  private final int latentSize;

  /**
   * @param latentSize entries of a position, 2..32
   */
  public Outputs(int latentSize) {
    this.latentSize = latentSize;
  }

  /**
   * The place that the outputs say.
   *
   * @param outputs at least 2; clipped to 0..1, as an identity or ReLU layer may leave it
   * @param hand gives what the mapping has no output for
   * @param before gives what the mapping's output is not a number for
   */
  public Place place(double[] outputs, Place hand, Place before) {
    float[] position = hand.position().clone();
    for (int i = 0; i < latentSize; i++) {
      int output = i < NOISE ? i : i + 2;
      if (output < outputs.length) {
        position[i] = (float) clip(outputs[output], before.position()[i]);
      }
    }
    float noise = hand.noise();
    if (outputs.length > NOISE) {
      double part = clip(outputs[NOISE], before.noise() / Place.MOST_NOISE);
      noise = (float) (part * Place.MOST_NOISE);
    }
    float ramp = hand.rampMs();
    if (outputs.length > RAMP) {
      boolean number = !Double.isNaN(outputs[RAMP]);
      ramp = number ? RampCurve.milliseconds(outputs[RAMP]) : before.rampMs();
    }
    Further further = further(outputs, hand.further(), before.further());
    return new Place(position, noise, ramp, Mode.PREDICT, further);
  }

  /**
   * What the outputs are called: x, y, noise, z-ramp, z3, ..., then the routes' names.
   *
   * @param count of outputs; those that nobody reads are called by their number
   */
  public List<String> names(int count, List<Route> routes) {
    List<String> names = new ArrayList<>(List.of("x", "y", "noise", "z-ramp"));
    for (int i = NOISE; i < latentSize; i++) {
      names.add("z" + (i + 1));
    }
    routes.forEach(route -> names.add(route.name()));
    while (names.size() < count) {
      names.add("output-" + (names.size() + 1));
    }
    return List.copyOf(names.subList(0, count));
  }

  private Further further(double[] outputs, Further hand, Further before) {
    int first = latentSize + 2;
    int given = Math.min(hand.values().length, outputs.length - first);
    if (given <= 0) {
      return hand;
    }
    float[] values = hand.values().clone();
    for (int i = 0; i < given; i++) {
      float otherwise = before.value(hand.routes().get(i).name(), values[i]);
      values[i] = (float) clip(outputs[first + i], otherwise);
    }
    return new Further(hand.routes(), values);
  }

  private static double clip(double value, double otherwise) {
    return Double.isNaN(value) ? otherwise : Math.max(0, Math.min(1, value));
  }
}
