package org.latentspace.explorer.teaching;

import org.latentspace.explorer.heard.Gesture;
import org.latentspace.explorer.place.Place;

/**
 * A way of playing and what it shall mean.
 *
 * @param performer whose it is
 * @param name 1..64 characters of [A-Za-z0-9_-], unique for the performer, for ever
 * @param taughtMillis Unix time
 * @param input what was heard
 * @param output x, y, ... 0..1, then noise 0..2, then z-ramp in ms 0..5000
 */
public record Pair(
    String performer, String name, long taughtMillis, Gesture input, float[] output) {

  /** The outputs that lead to a place. */
  public static float[] outputs(Place place) {
    float[] position = place.position();
    float[] output = java.util.Arrays.copyOf(position, position.length + 2);
    output[position.length] = place.noise();
    output[position.length + 1] = place.rampMs();
    return output;
  }
}
