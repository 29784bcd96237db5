package org.latentspace.explorer.place;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.explorer.mapping.MappingRunner;
import org.latentspace.explorer.mapping.TaughtMapping;

/**
 * Reads a mapping's outputs, each 0..1, as a place: x, y, noise, ramp, then further entries of the
 * position, then further outputs in the order of the routes; where the outputs have names, by
 * these.
 *
 * <p>What the mapping has no output for stays where the hand has put it; outputs that nobody asks
 * for are left alone. An output that is not a number leaves its value as it was. Of one performer.
 */
public final class Outputs {
  private static final int NOISE = 2;
  private static final int RAMP = 3;
  private static final int ABSENT = -1;

  private final int latentSize;
  // For these names, routes and number of outputs, where each part of a place is found.
  private List<String> names = List.of();
  private List<Route> routes;
  private int count;
  private int[] found = new int[0];

  /**
   * @param latentSize entries of a position, 2..32
   */
  public Outputs(int latentSize) {
    this.latentSize = latentSize;
  }

  /** The place that a mapping's newest outputs say. */
  Place place(MappingRunner listening, Place hand, Place before) {
    return place(listening.outputs(), listening.mapping().outputs(), hand, before);
  }

  /** The place that outputs without names say. */
  public Place place(double[] outputs, Place hand, Place before) {
    return place(outputs, List.of(), hand, before);
  }

  /**
   * The place that the outputs say.
   *
   * @param outputs at least 2; clipped to 0..1, as an identity or ReLU layer may leave it
   * @param outputNames empty: in their order
   * @param hand gives what the mapping has no output for
   * @param before gives what the mapping's output is not a number for
   */
  private Place place(double[] outputs, List<String> outputNames, Place hand, Place before) {
    find(outputs.length, outputNames, hand.further().routes());
    float[] position = hand.position().clone();
    for (int i = 0; i < latentSize; i++) {
      int output = found[i < NOISE ? i : i + 2];
      if (output != ABSENT) {
        position[i] = (float) clip(outputs[output], before.position()[i]);
      }
    }
    float noise = hand.noise();
    if (found[NOISE] != ABSENT) {
      double part = clip(outputs[found[NOISE]], before.noise() / Place.MOST_NOISE);
      noise = (float) (part * Place.MOST_NOISE);
    }
    float ramp = hand.rampMs();
    if (found[RAMP] != ABSENT) {
      double travel = outputs[found[RAMP]];
      ramp = Double.isNaN(travel) ? before.rampMs() : Place.rampMs(travel);
    }
    return new Place(position, noise, ramp, Place.Mode.PREDICT, further(outputs, hand, before));
  }

  private Place.ExtraOutputs further(double[] outputs, Place hand, Place before) {
    if (routes.isEmpty()) {
      return hand.further();
    }
    float[] values = hand.further().values().clone();
    for (int i = 0; i < values.length; i++) {
      int output = found[latentSize + 2 + i];
      if (output != ABSENT) {
        float otherwise = before.further().value(routes.get(i).name(), values[i]);
        values[i] = (float) clip(outputs[output], otherwise);
      }
    }
    return new Place.ExtraOutputs(routes, values);
  }

  private void find(int outputs, List<String> outputNames, List<Route> newRoutes) {
    if (outputs == count && names.equals(outputNames) && newRoutes.equals(routes)) {
      return;
    }
    count = outputs;
    names = outputNames;
    routes = newRoutes;
    int parts = latentSize + 2 + routes.size();
    List<String> wanted = names(parts, routes);
    found = new int[parts];
    for (int i = 0; i < parts; i++) {
      int inOrder = i < outputs ? i : ABSENT;
      found[i] = names.isEmpty() ? inOrder : names.indexOf(wanted.get(i));
    }
  }

  /**
   * What outputs without names are called: x, y, noise, z-ramp, z3, ..., then the routes' names.
   *
   * @param outputs how many; those that nobody reads are called by their number
   */
  List<String> names(int outputs, List<Route> byRoutes) {
    List<String> all = new ArrayList<>(TaughtMapping.usualOutputs(latentSize + 2));
    byRoutes.forEach(route -> all.add(route.name()));
    while (all.size() < outputs) {
      all.add("output-" + (all.size() + 1));
    }
    return List.copyOf(all.subList(0, outputs));
  }

  private static double clip(double value, double otherwise) {
    return Double.isNaN(value) ? otherwise : Math.max(0, Math.min(1, value));
  }
}
