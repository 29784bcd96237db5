package org.latentspace.vae.playing;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * What a performer may change of how its rhythms are decoded; never changed once made.
 *
 * @param frozen names of the voices that go on as they sounded when they were frozen
 */
public record Controls(Decoding decoding, List<String> frozen) {
  /** Everything as the model is. */
  public static final Controls NONE = new Controls(Decoding.PLAIN, List.of());

  /** The same with another way of decoding. */
  public Controls with(Decoding newDecoding) {
    return new Controls(newDecoding, frozen);
  }

  /**
   * The same with these voices frozen and no others.
   *
   * @param known the voices of the model that plays
   * @throws NoSuchElementException for a voice that the model does not have
   */
  public Controls withFrozen(List<String> voices, List<String> known) {
    for (String voice : voices) {
      if (!known.contains(voice)) {
        throw new NoSuchElementException("the model has no voice " + voice + ", it has " + known);
      }
    }
    return new Controls(decoding, voices.stream().distinct().toList());
  }

  /**
   * How onset probabilities become strokes for one performer.
   *
   * @param temperature 0.1..4: divides the log-odds of the onsets, so that below 1 they are sharper
   *     and above 1 flatter (Hinton et al. 2015); 1: as they are
   * @param sampling onsets are drawn by their probability instead of cut at the threshold
   * @param seed of the draws; null: the service's own
   * @param thresholdShift -1..1: added to the threshold of every voice; 0: as the model is
   */
  public record Decoding(float temperature, boolean sampling, Long seed, float thresholdShift) {
    /** As the model is. */
    public static final Decoding PLAIN = new Decoding(1, false, null, 0);

    private static final float COLDEST = 0.1f;
    private static final float HOTTEST = 4;

    /**
     * Refuses what is out of range.
     *
     * @throws IllegalArgumentException with the value and its range
     */
    public Decoding {
      if (!(temperature >= COLDEST && temperature <= HOTTEST)) {
        throw new IllegalArgumentException(
            "temperature is " + temperature + ", must be " + COLDEST + ".." + HOTTEST);
      }
      if (!(thresholdShift >= -1 && thresholdShift <= 1)) {
        throw new IllegalArgumentException(
            "threshold_shift is " + thresholdShift + ", must be -1..1");
      }
    }

    /** The probability at this temperature; 0 and 1 stay. */
    double tempered(double probability) {
      if (temperature == 1) {
        return probability;
      }
      double logOdds = Math.log(probability / (1 - probability));
      return 1 / (1 + Math.exp(-logOdds / temperature));
    }

    /** A voice's threshold with the shift; 1 stays, as that voice is silent. */
    float shifted(float threshold) {
      return threshold >= 1 ? threshold : Math.max(0, Math.min(1, threshold + thresholdShift));
    }

    /** The threshold that cuts untempered onsets where this one would cut the tempered ones. */
    float untempered(float threshold) {
      if (temperature == 1) {
        return threshold;
      }
      double logOdds = Math.log(threshold / (1.0 - threshold));
      return (float) (1 / (1 + Math.exp(-logOdds * temperature)));
    }
  }
}
