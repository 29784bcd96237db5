package org.latentspace.vae.playing;

import org.latentspace.model.LatentRange;
import org.latentspace.vae.model.ActiveModel.Playing;
import org.latentspace.vae.model.Decoder;
import org.latentspace.vae.model.Encoder;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.rhythm.RhythmTensor;
import org.latentspace.vae.rhythm.StrokeExtractor;
import org.latentspace.vae.rhythm.TensorWriter;

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
    Model model = playing.model();
    float[] z = latent("position", position, model.latent());
    RhythmTensor tensor = new RhythmTensor(model.grid().steps(), model.voices().size());
    new Decoder(model).decode(z, tensor);
    StrokeExtractor extractor = new StrokeExtractor(model.version(), model.grid(), model.voices());
    return DecodedRhythm.apart(extractor.strike(tensor, playing.thresholds()), position);
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
    float[] z = new float[position.length];
    for (int d = 0; d < z.length; d++) {
      if (!(Math.abs(position[d]) <= FAR)) {
        throw new IllegalArgumentException(
            name + "[" + d + "] is " + position[d] + ", must be -10..10");
      }
      z[d] = range.latent(d, position[d]);
    }
    return z;
  }

  /**
   * The place of a rhythm: the latent mean, 0..1 within the model's range, or beyond.
   *
   * @throws IllegalArgumentException for another grid, an unknown voice or a stroke out of range
   */
  public static float[] encode(Playing playing, Rhythm rhythm) {
    Model model = playing.model();
    float[] place = new float[model.latent().size()];
    new Encoder(model).encode(TensorWriter.tensor(rhythm, model.grid(), model.voices()), place);
    for (int d = 0; d < place.length; d++) {
      place[d] = model.latent().position(d, place[d]);
    }
    return place;
  }
}
