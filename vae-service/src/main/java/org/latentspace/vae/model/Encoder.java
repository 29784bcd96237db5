package org.latentspace.vae.model;

import org.latentspace.model.DenseStack;
import org.latentspace.model.RhythmNetworks;
import org.latentspace.vae.rhythm.RhythmTensor;

/**
 * A rhythm's place in the latent space: the mean of what the encoder believes.
 *
 * <p>Allocates in the constructor only; belongs to one thread at a time.
 */
public final class Encoder {
  private final DenseStack onset;
  private final DenseStack velocity;
  private final DenseStack offset;
  private final DenseStack trunk;
  private final DenseStack mean;
  private final float[] merged;

  /** Plays this model's encoder. */
  public Encoder(Model model) {
    RhythmNetworks.EncoderLayers encoder = model.networks().encoder();
    this.onset = new DenseStack(encoder.onset());
    this.velocity = new DenseStack(encoder.velocity());
    this.offset = new DenseStack(encoder.offset());
    this.trunk = new DenseStack(encoder.trunk());
    this.mean = new DenseStack(encoder.mean());
    this.merged = new float[encoder.trunk().get(0).in()];
  }

  /**
   * Encodes one rhythm.
   *
   * @param rhythm of the model's steps and voices: onset 0 or 1, velocity and offset 0 where there
   *     is no onset
   * @param z the latent mean is written here; as long as the model's latent size
   */
  public void encode(RhythmTensor rhythm, float[] z) {
    int length = append(onset.run(rhythm.onset()), 0);
    length = append(velocity.run(rhythm.velocity()), length);
    append(offset.run(rhythm.offset()), length);
    System.arraycopy(mean.run(trunk.run(merged)), 0, z, 0, z.length);
  }

  private int append(float[] values, int at) {
    System.arraycopy(values, 0, merged, at, values.length);
    return at + values.length;
  }
}
