package org.latentspace.explorer.feature;

import java.util.List;

/**
 * What was heard at a moment or over a while, to be taught with.
 *
 * @param vector ten entries 0..1, then other senses
 * @param raw the same before scaling, in their own units
 * @param scaling which scaling made the vector
 * @param senses names of the entries
 * @param frames that it is the mean of, at least 1
 * @param spread how they lay about it
 */
public record PairInput(
    float[] vector, float[] raw, String scaling, List<String> senses, int frames, Spread spread) {

  public PairInput {
    senses = List.copyOf(senses);
  }

  /** One whose spread is not known. */
  public PairInput(float[] vector, float[] raw, String scaling, List<String> senses, int frames) {
    this(vector, raw, scaling, senses, frames, Spread.UNKNOWN);
  }

  /** The same as another scaling makes it; entries that it does not know stay as they are. */
  public PairInput scaled(Scale scale) {
    float[] scaled = vector.clone();
    for (int i = 0; i < scaled.length; i++) {
      int entry = scale.senses().indexOf(senses.get(i));
      if (entry >= 0) {
        scaled[i] = scale.entry(entry, raw[i]);
      }
    }
    return new PairInput(scaled, raw, scale.name(), senses, frames, spread.scaled(scale, senses));
  }

  /** Whether two scalings make the same of all its entries. */
  public boolean isScaledAlike(Scale one, Scale other) {
    for (String sense : senses) {
      int a = one.senses().indexOf(sense);
      int b = other.senses().indexOf(sense);
      boolean alike =
          a < 0 || b < 0
              ? a == b
              : one.low()[a] == other.low()[b] && one.high()[a] == other.high()[b];
      if (!alike) {
        return false;
      }
    }
    return one.outLow() == other.outLow() && one.outHigh() == other.outHigh();
  }
}
