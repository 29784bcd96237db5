package org.latentspace.training.fit;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.latentspace.model.MappingNetwork;

/**
 * One fit, as rows of numbers.
 *
 * @param pairs 1 or more: the first rows are theirs, and what is said of losses and errors is of
 *     them
 * @param inputs a row for each pair, each value 0..1, then any that are drawn about them and count
 *     in learning alone
 * @param targets as many rows, each value 0..1
 * @param plan with 1 epoch or more, and a seed
 * @param from the network to go on from, of the same shape; null: begin anew
 */
public record FitOrder(
    int pairs, float[][] inputs, float[][] targets, FitPlan plan, MappingNetwork from) {
  private static final int MOST_DRAWN = 128;

  /**
   * Adds inputs drawn about those of the pairs, as widely as these varied while they were played,
   * so that a mapping learns ways of playing and not points: the borders between them lie where
   * they are least alike, and not where chance has put them. The same seed draws the same.
   *
   * <p>At most {@value #MOST_DRAWN} are drawn about a pair, and none where pairs are many: these
   * are a cloud themselves. A pair whose spread is not known (null) stands there as often as the
   * others, so that it counts as much.
   */
  static FitOrder about(
      float[][] inputs,
      float[][] targets,
      PairSpread[] spreads,
      FitPlan plan,
      MappingNetwork from) {
    int pairs = inputs.length;
    int mostRows = plan.rowsFor(plan.weights(inputs[0].length, targets[0].length));
    boolean points = Arrays.stream(spreads).allMatch(Objects::isNull);
    int each = points ? 0 : Math.max(0, Math.min(MOST_DRAWN, mostRows / pairs - 1));
    float[][] drawn = Arrays.copyOf(inputs, pairs * (1 + each));
    float[][] meant = Arrays.copyOf(targets, drawn.length);
    Random chance = new Random(plan.seed());
    int row = pairs;
    for (int pair = 0; pair < pairs; pair++) {
      PairSpread spread = spreads[pair];
      for (int i = 0; i < each; i++) {
        drawn[row] = spread == null ? inputs[pair] : spread.draw(inputs[pair], chance);
        meant[row++] = targets[pair];
      }
    }
    return new FitOrder(pairs, drawn, meant, plan, from);
  }
}
