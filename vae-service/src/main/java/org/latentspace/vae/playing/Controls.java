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
}
