package org.latentspace.explorer.teaching;

/**
 * What has become of a pair.
 *
 * @param pair as it is now; null: it is gone
 */
public record PairNow(String performer, String name, Pair pair) {
  static PairNow of(Pair pair) {
    return new PairNow(pair.performer(), pair.name(), pair);
  }

  static PairNow gone(Pair pair) {
    return new PairNow(pair.performer(), pair.name(), null);
  }
}
