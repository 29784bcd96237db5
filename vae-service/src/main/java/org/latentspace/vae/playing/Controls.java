package org.latentspace.vae.playing;

import java.util.List;

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

  /** The same with these voices frozen and no others. */
  public Controls withFrozen(List<String> voices) {
    return new Controls(decoding, voices);
  }
}
