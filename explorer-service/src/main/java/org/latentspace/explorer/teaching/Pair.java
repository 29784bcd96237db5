package org.latentspace.explorer.teaching;

import java.util.List;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.landmark.Neighbourhood.Landmark;

/**
 * A way of playing and what it shall mean.
 *
 * @param performer whose it is
 * @param name 1..64 characters of [A-Za-z0-9_-], unique for the performer, for ever
 * @param taughtMillis Unix time; the pairs of a performer are in its order
 * @param input what was heard
 */
public record Pair(
    String performer, String name, long taughtMillis, PairInput input, PairTarget meaning) {

  /** x, y, ... 0..1, then noise 0..2, then z-ramp in ms 0..5000. */
  public float[] output() {
    return meaning.output();
  }

  /** The same playing with another meaning. */
  public Pair meaning(PairTarget other) {
    return new Pair(performer, name, taughtMillis, input, other);
  }

  /** The same with its input as another scaling makes it of the raw values. */
  public Pair scaled(Scale scale) {
    return new Pair(performer, name, taughtMillis, input.scaled(scale), meaning);
  }

  /** What pairs are to the point. */
  public static List<Landmark> landmarks(List<Pair> pairs) {
    return pairs.stream()
        .map(
            pair ->
                new Landmark(
                    pair.input().vector(),
                    pair.input().senses(),
                    pair.meaning().motion(),
                    pair.meaning().position()))
        .toList();
  }
}
