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

  /** Plays this model's decoder. */
  public Decoder(Model model) {
    RhythmNetworks.DecoderLayers decoder = model.networks().decoder();
    this.trunk = new DenseStack(decoder.trunk());
    this.onset = new DenseStack(decoder.onset());
    this.velocity = new DenseStack(decoder.velocity());
    this.offset = new DenseStack(decoder.offset());
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

  /** Decodes the onsets alone, at a third of the cost; the other planes stay as they are. */
  public void decodeOnsets(float[] z, RhythmTensor out) {
    System.arraycopy(onset.run(trunk.run(z)), 0, out.onset(), 0, out.cells());
  }
}
