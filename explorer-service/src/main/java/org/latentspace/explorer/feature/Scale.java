package org.latentspace.explorer.feature;

import java.util.Arrays;
import java.util.List;

/**
 * How raw values become the entries of a vector: outLow + (raw - low) / (high - low) * (outHigh -
 * outLow), clipped to 0..1.
 *
 * @param name "lse" or "auto-N"
 * @param senses names of the entries
 * @param low one an entry, below high
 * @param high one an entry
 * @param outLow what low becomes, 0..1
 * @param outHigh what high becomes, 0..1, above outLow
 */
public record Scale(
    String name, List<String> senses, double[] low, double[] high, double outLow, double outHigh) {

  public Scale {
    senses = List.copyOf(senses);
  }

  /** Entry i of the vector, 0..1; what is not a number becomes 0. */
  public float entry(int i, double raw) {
    double part = (raw - low[i]) / (high[i] - low[i]);
    double scaled = outLow + part * (outHigh - outLow);
    return scaled >= 1 ? 1 : scaled > 0 ? (float) scaled : 0;
  }

  /** What entry i grows by where its raw value grows by one, as long as nothing is clipped. */
  double slope(int i) {
    return (outHigh - outLow) / (high[i] - low[i]);
  }

  /** Whether the other one makes the same of the same raw values. */
  public boolean isLike(Scale other) {
    return other != null
        && name.equals(other.name)
        && senses.equals(other.senses)
        && Arrays.equals(low, other.low)
        && Arrays.equals(high, other.high)
        && outLow == other.outLow
        && outHigh == other.outHigh;
  }
}
