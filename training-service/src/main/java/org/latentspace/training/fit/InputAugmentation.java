package org.latentspace.training.fit;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/**
 * Inputs drawn about those of pairs, as widely as these varied while they were played, so that a
 * mapping learns ways of playing and not points: the borders between them lie where they are least
 * alike, and not where chance has put them.
 *
 * <p>The first rows are the pairs' own. At most {@value #MOST_DRAWN} are drawn about a pair, and
 * none where pairs are many: these are a cloud themselves. A pair whose spread is not known stands
 * there as often as the others, so that it counts as much.
 *
 * @param inputs each 0..1
 * @param targets as many rows: those of the pair
 */
record InputAugmentation(float[][] inputs, float[][] targets) {
  private static final int MOST_DRAWN = 128;

  /**
   * The same seed draws the same.
   *
   * @param mostRows in all, as long as the pairs are not more themselves
   */
  static InputAugmentation about(
      float[][] inputs, float[][] targets, PairSpread[] spreads, int mostRows, long seed) {
    int pairs = inputs.length;
    boolean points = Arrays.stream(spreads).allMatch(Objects::isNull);
    int each = points ? 0 : Math.max(0, Math.min(MOST_DRAWN, mostRows / pairs - 1));
    float[][] drawn = Arrays.copyOf(inputs, pairs * (1 + each));
    float[][] meant = Arrays.copyOf(targets, drawn.length);
    Random chance = new Random(seed);
    int row = pairs;
    for (int pair = 0; pair < pairs; pair++) {
      PairSpread spread = spreads[pair];
      for (int i = 0; i < each; i++) {
        drawn[row] = spread == null ? inputs[pair] : spread.draw(inputs[pair], chance);
        meant[row++] = targets[pair];
      }
    }
    return new InputAugmentation(drawn, meant);
  }
}
