package org.latentspace.vae.model;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.rhythm.RhythmTensor;
import org.latentspace.vae.rhythm.StrokeExtractor;

/**
 * Decodes and encodes many times over, apart from the live path, and ends when the caller has
 * cancelled. Belongs to one thread.
 */
public final class CancellableCodec {
  private final Model model;
  private final float[] thresholds;
  private final BooleanSupplier gone;
  private final Decoder decoder;
  private final Encoder encoder;
  private final StrokeExtractor extractor;

  /** For the model that plays; {@code gone} says that the caller has cancelled. */
  public CancellableCodec(ActiveModel.Playing playing, BooleanSupplier gone) {
    this.model = playing.model();
    this.thresholds = playing.thresholds();
    this.gone = gone;
    this.decoder = new Decoder(model);
    this.encoder = new Encoder(model);
    this.extractor = new StrokeExtractor(model.version(), model.grid(), model.voices());
  }

  /** The model that played when this was made, bent or not. */
  public Model model() {
    return model;
  }

  /** Onset thresholds that hold now, one per voice; not to be written. */
  public float[] thresholds() {
    return thresholds;
  }

  /** An empty tensor of the model's size. */
  public RhythmTensor blank() {
    return new RhythmTensor(model.grid().steps(), model.voices().size());
  }

  /**
   * A rhythm's cells.
   *
   * @throws IllegalArgumentException when it does not fit the model
   */
  public RhythmTensor tensor(Rhythm rhythm) {
    return RhythmTensor.of(rhythm, model.grid(), model.voices());
  }

  /** Decodes a place; throws CancellationException when the caller has cancelled. */
  public void decode(float[] z, RhythmTensor out) {
    goOn();
    decoder.decode(z, out);
  }

  /** Decodes the onsets alone. */
  public void decodeOnsets(float[] z, RhythmTensor out) {
    goOn();
    decoder.decodeOnsets(z, out);
  }

  /** Writes the latent mean of a tensor. */
  public void encode(RhythmTensor tensor, float[] z) {
    goOn();
    encoder.encode(tensor, z);
  }

  /** The strokes of a tensor at the thresholds that hold. */
  public Rhythm strike(RhythmTensor tensor) {
    return extractor.strike(tensor, thresholds);
  }

  /** The place, 0..1 of the model's range or beyond, of latent coordinates. */
  public float[] position(float[] z) {
    return model.latent().positions(z);
  }

  private void goOn() {
    if (gone.getAsBoolean()) {
      throw new CancellationException("the caller has cancelled");
    }
  }
}
