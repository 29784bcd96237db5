package org.latentspace.performer;

import java.util.List;

/** The ten features that the vector of every frame begins with. */
public final class Features {
  /** What they are called, in the vector's order. */
  public static final List<String> NAMES =
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

  private Features() {}
}
