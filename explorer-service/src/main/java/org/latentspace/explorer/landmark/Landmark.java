package org.latentspace.explorer.landmark;

import java.util.List;
import org.latentspace.explorer.mapping.Motion;

/**
 * What a pair is to the point: a way of playing, and where it leads.
 *
 * @param input 0..1; never written to
 * @param senses names of the inputs
 * @param motion whether the position is a place or a velocity
 * @param position x, y, ... 0..1; never written to
 */
public record Landmark(float[] input, List<String> senses, Motion motion, float[] position) {
  public Landmark {
    senses = List.copyOf(senses);
  }
}
