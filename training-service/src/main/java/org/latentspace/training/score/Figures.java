package org.latentspace.training.score;

import java.util.Arrays;

/** Small sums that the score card is made of. */
final class Figures {
  private Figures() {}

  /** To five places, enough for a card and short to read. */
  static double round(double value) {
    return Math.round(value * 1e5) / 1e5;
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  /** The value below which a share 0..1 of the values lies. */
  static double percentile(double[] values, double share) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /** Pearson's correlation, -1..1; 0 where one of the two never changes. */
  static double correlation(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double both = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      both += (a[i] - meanA) * (b[i] - meanB);
      squareA += (a[i] - meanA) * (a[i] - meanA);
      squareB += (b[i] - meanB) * (b[i] - meanB);
    }
    double product = squareA * squareB;
    return product == 0 ? 0 : both / Math.sqrt(product);
  }
}
