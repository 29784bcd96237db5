package org.latentspace.explorer.teaching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Route;

/**
 * What a way of playing shall mean.
 *
 * @param output x, y, ... 0..1, then noise 0..2, then z-ramp in ms 0..5000; in movement the entries
 *     of the position are a velocity, 0.5 = at rest
 * @param target the same as a mapping's outputs, each 0..1: x, y, noise, z-ramp's travel, further
 *     entries of the position, further outputs
 * @param outputs names of the targets
 */
public record PairTarget(
    float[] output, float[] target, List<String> outputs, TaughtMapping.Motion motion) {
  private static final int NOISE = 2;
  private static final int RAMP = 3;

  public PairTarget {
    outputs = List.copyOf(outputs);
  }

  /**
   * The meaning of outputs as a hand gives them.
   *
   * @param output at least two entries of the position, noise, z-ramp
   * @param further further outputs 0..1
   * @param names of the further outputs
   */
  public static PairTarget of(
      float[] output, float[] further, List<String> names, TaughtMapping.Motion motion) {
    int position = output.length - 2;
    float[] target = new float[output.length + further.length];
    List<String> outputs = new ArrayList<>(TaughtMapping.usualOutputs(output.length));
    target[0] = output[0];
    target[1] = output[1];
    target[NOISE] = output[position] / Place.MOST_NOISE;
    target[RAMP] = (float) Place.rampTravel(output[position + 1]);
    System.arraycopy(output, 2, target, 4, position - 2);
    System.arraycopy(further, 0, target, output.length, further.length);
    outputs.addAll(names);
    return new PairTarget(output, target, outputs, motion);
  }

  /**
   * The meaning of a place.
   *
   * @param place in movement its position is a velocity
   */
  public static PairTarget of(Place place, TaughtMapping.Motion motion) {
    float[] position = place.position();
    float[] output = Arrays.copyOf(position, position.length + 2);
    output[position.length] = place.noise();
    output[position.length + 1] = place.rampMs();
    Place.ExtraOutputs further = place.further();
    List<String> names = further.routes().stream().map(Route::name).toList();
    return of(output, further.values(), names, motion);
  }

  /** The entries of the position. */
  public float[] position() {
    return Arrays.copyOf(output, output.length - 2);
  }

  /**
   * The place that it says.
   *
   * @param hand gives the further outputs' routes, and the values of those that were not taught
   */
  public Place place(Place hand) {
    List<Route> routes = hand.further().routes();
    float[] values = hand.further().values().clone();
    for (int i = 0; i < values.length; i++) {
      int taught = outputs.indexOf(routes.get(i).name());
      values[i] = taught < 0 ? values[i] : target[taught];
    }
    int size = output.length - 2;
    return new Place(
        position(),
        output[size],
        output[size + 1],
        Place.Mode.SELECT,
        new Place.ExtraOutputs(routes, values));
  }
}
