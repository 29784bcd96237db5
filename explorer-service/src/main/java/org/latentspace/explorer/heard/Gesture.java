package org.latentspace.explorer.heard;

import java.util.ArrayList;
import java.util.List;

/**
 * What was heard at a moment or over a while, to be taught with.
 *
 * @param vector ten entries 0..1, then other senses
 * @param raw the ten in their own units, then other senses as they came
 * @param scaling which scaling made the vector
 */
public record Gesture(float[] vector, float[] raw, String scaling) {
  private static final List<String> FEATURES =
      List.of(
          "ambitus",
          "density",
          "rms",
          "centroid",
          "spread",
          "skewness",
          "kurtosis",
          "rolloff",
          "flatness",
          "crest");

  /** Names of the entries; senses beyond the ten are counted from 11. */
  public List<String> senses() {
    List<String> names = new ArrayList<>(FEATURES);
    for (int i = names.size(); i < vector.length; i++) {
      names.add("sense-" + (i + 1));
    }
    return names.subList(0, vector.length);
  }
}
