package org.latentspace.vae.playing;

import org.latentspace.model.LatentRange;
import org.latentspace.vae.model.ActiveModel.Playing;
import org.latentspace.vae.model.CancellableCodec;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.rhythm.RhythmTensor;

/** Looks at the latent space apart from the live path: what is at a place, where is a rhythm. */
public final class LatentQueries {
  private static final float FAR = 10;

  private LatentQueries() {}

  /**
   * The rhythm at a place, without glide or noise.
   *
   * @param position as many entries as the model has latent dimensions, 0..1 of the range; noise
   *     may lead beyond it, so -10..10 are let in
   * @throws IllegalArgumentException for another number of entries or a value out of range
   */
  public static DecodedRhythm decode(Playing playing, float[] position) {
    CancellableCodec codec = new CancellableCodec(playing, () -> false);
    RhythmTensor tensor = codec.blank();
    codec.decode(latent("position", position, codec.model().latent()), tensor);
    return DecodedRhythm.apart(codec.strike(tensor), position);
  }

  /**
   * The latent coordinates of a position.
   *
   * @param name of the position, for the message
   * @throws IllegalArgumentException for another number of entries than the range has, or a value
   *     out of -10..10
   */
  static float[] latent(String name, float[] position, LatentRange range) {
    if (position.length != range.size()) {
      throw new IllegalArgumentException(
          name + " has " + position.length + " entries, must have " + range.size());
    }
    for (int d = 0; d < position.length; d++) {
      if (!(Math.abs(position[d]) <= FAR)) {
        throw new IllegalArgumentException(
            name + "[" + d + "] is " + position[d] + ", must be -10..10");
      }
    }
    return range.latents(position);
  }

  /**
   * The place of a rhythm: the latent mean, 0..1 within the model's range, or beyond.
   *
   * @throws IllegalArgumentException for another grid, an unknown voice or a stroke out of range
   */
  public static float[] encode(Playing playing, Rhythm rhythm) {
    CancellableCodec codec = new CancellableCodec(playing, () -> false);
    float[] z = new float[codec.model().latent().size()];
    codec.encode(codec.tensor(rhythm), z);
    return codec.position(z);
  }
}
