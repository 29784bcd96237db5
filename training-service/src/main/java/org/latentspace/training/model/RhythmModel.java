package org.latentspace.training.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
    return encode(List.of(rhythm)).get(0);
  }

  /** The places of many rhythms, in their order; much faster than one by one. */
  public List<Place> encode(List<Rhythm> rhythms) {
    int n = rhythms.size();
    float[][] a = forward(encoder.onset(), inputs(rhythms, Rhythm::onset));
    float[][] b = forward(encoder.velocity(), inputs(rhythms, Rhythm::velocity));
    float[][] c = forward(encoder.offset(), inputs(rhythms, Rhythm::offset));
    float[][] joined = new float[n][];
    for (int i = 0; i < n; i++) {
      joined[i] = new float[a[i].length + b[i].length + c[i].length];
      System.arraycopy(a[i], 0, joined[i], 0, a[i].length);
      System.arraycopy(b[i], 0, joined[i], a[i].length, b[i].length);
      System.arraycopy(c[i], 0, joined[i], a[i].length + b[i].length, c[i].length);
    }
    float[][] trunk = forward(encoder.trunk(), joined);
    float[][] mean = encoder.mean().forward(trunk);
    float[][] logVariance = encoder.logVariance().forward(trunk);
    List<Place> places = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      places.add(new Place(mean[i], logVariance[i]));
    }
    return places;
  }

  private static float[][] inputs(List<Rhythm> rhythms, Function<Rhythm, float[]> part) {
    return rhythms.stream().map(part).toArray(float[][]::new);
  }

  /** Onset probabilities, velocities and offsets of every cell, before any threshold. */
  public Rhythm decode(float[] place) {
    return decode(new float[][] {place}).get(0);
  }

  /** The rhythms of many places, in their order; much faster than one by one. */
  public List<Rhythm> decode(float[][] places) {
    float[][] trunk = forward(decoder.trunk(), places);
    float[][] onset = forward(decoder.onset(), trunk);
    float[][] velocity = forward(decoder.velocity(), trunk);
    float[][] offset = forward(decoder.offset(), trunk);
    List<Rhythm> rhythms = new ArrayList<>(places.length);
    for (int i = 0; i < places.length; i++) {
      rhythms.add(new Rhythm(grid, voices.size(), onset[i], velocity[i], offset[i]));
    }
    return rhythms;
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

  private static float[][] forward(List<DenseLayer> layers, float[][] x) {
    float[][] y = x;
    for (DenseLayer layer : layers) {
      y = layer.forward(y);
    }
    return y;
  }
}
