package org.latentspace.vae.model;

import org.latentspace.model.DenseStack;
import org.latentspace.model.RhythmNetworks;
import org.latentspace.vae.rhythm.RhythmTensor;

/**
 * A place in the latent space becomes a tensor: one forward pass in plain Java.
 *
 * <p>All memory is taken in the constructor, a decode allocates nothing. One decoder belongs to one
 * thread at a time; the weights are shared.
 */
public final class Decoder {
  private final DenseStack trunk;
  private final DenseStack onset;
  private final DenseStack velocity;
  private final DenseStack offset;

  /** Plays this model's decoder, one place at a time. */
  public Decoder(Model model) {
    this(model, 1);
  }

  /** Plays this model's decoder, as many places at a time, 1 or more. */
  public Decoder(Model model, int most) {
    RhythmNetworks.DecoderLayers decoder = model.networks().decoder();
    this.trunk = new DenseStack(decoder.trunk(), most);
    this.onset = new DenseStack(decoder.onset(), most);
    this.velocity = new DenseStack(decoder.velocity(), most);
    this.offset = new DenseStack(decoder.offset(), most);
  }

  /**
   * Decodes one place.
   *
   * @param z latent coordinates, as many as the model's latent size
   * @param out of the model's steps and voices; onset probabilities 0..1, velocity 0..1 and offset
   *     -1..1 (both meaningful only where there is an onset) are written into it
   */
  public void decode(float[] z, RhythmTensor out) {
    float[] hidden = trunk.run(z);
    System.arraycopy(onset.run(hidden), 0, out.onset(), 0, out.cells());
    System.arraycopy(velocity.run(hidden), 0, out.velocity(), 0, out.cells());
    System.arraycopy(offset.run(hidden), 0, out.offset(), 0, out.cells());
  }

  /**
   * Decodes the first n of several places, the same as one by one, in a fraction of the time.
   *
   * @param z by place, as in {@link #decode(float[], RhythmTensor)}
   * @param out by place
   */
  public void decode(float[][] z, RhythmTensor[] out, int n) {
    float[][] hidden = trunk.run(z, n);
    float[][] onsets = onset.run(hidden, n);
    float[][] velocities = velocity.run(hidden, n);
    float[][] offsets = offset.run(hidden, n);
    for (int k = 0; k < n; k++) {
      System.arraycopy(onsets[k], 0, out[k].onset(), 0, out[k].cells());
      System.arraycopy(velocities[k], 0, out[k].velocity(), 0, out[k].cells());
      System.arraycopy(offsets[k], 0, out[k].offset(), 0, out[k].cells());
    }
  }

  /** Decodes the onsets alone, at a third of the cost; the other planes stay as they are. */
  public void decodeOnsets(float[] z, RhythmTensor out) {
    System.arraycopy(onset.run(trunk.run(z)), 0, out.onset(), 0, out.cells());
  }
}
