package org.latentspace.training.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latentspace.training.rhythm.Grid;
import org.latentspace.training.rhythm.Rhythm;

/**
 * A trained model as it goes into a model file: layers, and what the player must know of them.
 *
 * <p>Encoder: three branches (onset, velocity, offset), joined in this order into the trunk, which
 * feeds mean and log-variance. Decoder: a trunk that feeds three branches.
 */
public record RhythmModel(
    String version,
    Grid grid,
    List<String> voices,
    LatentRange latent,
    float[] thresholds,
    Encoder encoder,
    Decoder decoder,
    Map<String, String> provenance) {

  /** What position 0 and position 1 of the playing surface mean in every latent dimension. */
  public record LatentRange(float[] low, float[] high) {}

  /** A rhythm in, its place out. */
  public record Encoder(
      List<DenseLayer> onset,
      List<DenseLayer> velocity,
      List<DenseLayer> offset,
      List<DenseLayer> trunk,
      DenseLayer mean,
      DenseLayer logVariance) {}

  /** A place in, a rhythm out. */
  public record Decoder(
      List<DenseLayer> trunk,
      List<DenseLayer> onset,
      List<DenseLayer> velocity,
      List<DenseLayer> offset) {}

  /** Mean and log-variance of the places that a rhythm may have come from. */
  public record Place(float[] mean, float[] logVariance) {}

  public RhythmModel {
    voices = List.copyOf(voices);
    provenance = Map.copyOf(provenance);
  }

  public int latentSize() {
    return encoder.mean().outputs();
  }

  public RhythmModel with(LatentRange range) {
    return new RhythmModel(version, grid, voices, range, thresholds, encoder, decoder, provenance);
  }

  public RhythmModel with(float[] newThresholds) {
    return new RhythmModel(
        version, grid, voices, latent, newThresholds, encoder, decoder, provenance);
  }

  public RhythmModel with(Map<String, String> newProvenance) {
    return new RhythmModel(
        version, grid, voices, latent, thresholds, encoder, decoder, newProvenance);
  }

  public Place encode(Rhythm rhythm) {
    float[] a = forward(encoder.onset(), rhythm.onset());
    float[] b = forward(encoder.velocity(), rhythm.velocity());
    float[] c = forward(encoder.offset(), rhythm.offset());
    float[] joined = new float[a.length + b.length + c.length];
    System.arraycopy(a, 0, joined, 0, a.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    System.arraycopy(c, 0, joined, a.length + b.length, c.length);
    float[] trunk = forward(encoder.trunk(), joined);
    return new Place(encoder.mean().forward(trunk), encoder.logVariance().forward(trunk));
  }

  /** Onset probabilities, velocities and offsets of every cell, before any threshold. */
  public Rhythm decode(float[] place) {
    float[] trunk = forward(decoder.trunk(), place);
    return new Rhythm(
        grid,
        voices.size(),
        forward(decoder.onset(), trunk),
        forward(decoder.velocity(), trunk),
        forward(decoder.offset(), trunk));
  }

  /** The place in latent space of a position 0..1 per dimension. */
  public float[] place(float... position) {
    float[] place = new float[latentSize()];
    for (int i = 0; i < place.length; i++) {
      float at = i < position.length ? position[i] : 0.5f;
      place[i] = latent.low()[i] + at * (latent.high()[i] - latent.low()[i]);
    }
    return place;
  }

  /** Which cells strike: onset probability at or above the voice's threshold. */
  public boolean[] strikes(Rhythm decoded) {
    boolean[] strikes = new boolean[decoded.size()];
    for (int i = 0; i < strikes.length; i++) {
      strikes[i] = decoded.onset()[i] >= thresholds[i % voices.size()];
    }
    return strikes;
  }

  /** All layers, the encoder's first. */
  public List<DenseLayer> layers() {
    List<DenseLayer> all = new ArrayList<>();
    for (List<DenseLayer> each :
        List.of(
            encoder.onset(),
            encoder.velocity(),
            encoder.offset(),
            encoder.trunk(),
            List.of(encoder.mean(), encoder.logVariance()),
            decoder.trunk(),
            decoder.onset(),
            decoder.velocity(),
            decoder.offset())) {
      all.addAll(each);
    }
    return all;
  }

  private static float[] forward(List<DenseLayer> layers, float[] x) {
    float[] y = x;
    for (DenseLayer layer : layers) {
      y = layer.forward(y);
    }
    return y;
  }
}
