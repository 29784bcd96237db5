package org.latentspace.training.groove;

import java.util.List;

/**
 * A way to play: the patterns of the voices and how they lie in time.
 *
 * @param bpm tempo of the calmest version; the busiest is a tenth faster
 * @param stepsPerBar 16 (sixteenths), 12 (triplets of eighths) or 24 (triplets of sixteenths)
 * @param swing where the second of two steps lies between its neighbours: 0.5 straight, 0.67
 *     triplet
 * @param pushMillis how late (early where negative) each of the six voices plays, in the order of
 *     SixRobots.VOICES
 * @param looseMillis standard deviation of the strokes around their place
 */
record Feel(
    String name,
    int bpm,
    int stepsPerBar,
    double swing,
    double[] pushMillis,
    double looseMillis,
    List<Pattern> patterns) {

  Feel {
    patterns = List.copyOf(patterns);
    for (Pattern each : patterns) {
      if (each.steps() != 2 * stepsPerBar || each.sparse().length() != each.steps()) {
        throw new IllegalArgumentException(name + ", voice " + each.voice() + ": not two bars");
      }
    }
  }
}
