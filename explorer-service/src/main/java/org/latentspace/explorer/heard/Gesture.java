package org.latentspace.explorer.heard;

import java.util.List;

/**
 * What was heard at a moment or over a while, to be taught with.
 *
 * @param vector ten entries 0..1, then other senses
 * @param raw the same before scaling, in their own units
 * @param scaling which scaling made the vector
 * @param senses names of the entries
 * @param frames that it is the mean of, at least 1
 */
public record Gesture(
    float[] vector, float[] raw, String scaling, List<String> senses, int frames) {

  public Gesture {
    senses = List.copyOf(senses);
  }
}
