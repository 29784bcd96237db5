package org.latentspace.training.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.DenseStack;
import org.latentspace.model.Grid;
import org.latentspace.model.LatentRange;
import org.latentspace.model.ModelFault;
import org.latentspace.model.RhythmModelFile;
import org.latentspace.model.RhythmNetworks;
import org.latentspace.model.RhythmNetworks.DecoderLayers;
import org.latentspace.model.RhythmNetworks.EncoderLayers;
import org.latentspace.training.rhythm.Rhythm;

/**
 * A trained model as its model file ({@link RhythmModelFile}) has it: layers, and what the player
 * must know of them.
 *
 * @param latent what positions 0..1 mean, in every latent dimension
 * @param thresholds onset threshold per voice, 0..1
 * @param provenance strings on where the model comes from
 */
public record RhythmModel(
    String version,
    Grid grid,
    List<String> voices,
    LatentRange latent,
    float[] thresholds,
    RhythmNetworks networks,
    Map<String, String> provenance) {

  /** Mean and log-variance of the places that a rhythm may have come from. */
  public record Place(float[] mean, float[] logVariance) {}

  public RhythmModel {
    voices = List.copyOf(voices);
    provenance = Map.copyOf(provenance);
  }

  /** Reads a model file on the disk, named by its path; see the other. */
  public static RhythmModel read(Path file) throws IOException {
    return read(file.toString(), Files.readAllBytes(file));
  }

  /**
   * Reads a model file.
   *
   * @param name of the file, for the message
   * @throws IllegalArgumentException naming it and what is wrong, for bytes that are no model file
   */
  public static RhythmModel read(String name, byte[] bytes) {
    try {
      RhythmModelFile file = RhythmModelFile.read(name, bytes);
      return new RhythmModel(
          file.version(),
          file.grid(),
          file.voices(),
          file.latent(),
          file.thresholds(),
          file.networks(),
          file.provenance());
    } catch (ModelFault fault) {
      throw new IllegalArgumentException(fault.getMessage(), fault);
    }
  }

  /**
   * The bytes of its model file.
   *
   * @throws IllegalArgumentException for a model larger than a file may be
   */
  public byte[] write() {
    return new RhythmModelFile(version, grid, voices, latent, thresholds, networks, provenance)
        .write();
  }

  public int latentSize() {
    List<DenseLayer> mean = networks.encoder().mean();
    return mean.get(mean.size() - 1).out();
  }

  public RhythmModel with(LatentRange range) {
    return new RhythmModel(version, grid, voices, range, thresholds, networks, provenance);
  }

  public RhythmModel with(float[] newThresholds) {
    return new RhythmModel(version, grid, voices, latent, newThresholds, networks, provenance);
  }

  public RhythmModel with(Map<String, String> newProvenance) {
    return new RhythmModel(version, grid, voices, latent, thresholds, networks, newProvenance);
  }

  public Place encode(Rhythm rhythm) {
    return encode(List.of(rhythm)).get(0);
  }

  /** The places of many rhythms, in their order; much faster than one by one. */
  public List<Place> encode(List<Rhythm> rhythms) {
    int n = rhythms.size();
    EncoderLayers encoder = networks.encoder();
    float[][] a = DenseStack.run(encoder.onset(), inputs(rhythms, Rhythm::onset));
    float[][] b = DenseStack.run(encoder.velocity(), inputs(rhythms, Rhythm::velocity));
    float[][] c = DenseStack.run(encoder.offset(), inputs(rhythms, Rhythm::offset));
    float[][] joined = new float[n][];
    for (int i = 0; i < n; i++) {
      joined[i] = new float[a[i].length + b[i].length + c[i].length];
      System.arraycopy(a[i], 0, joined[i], 0, a[i].length);
      System.arraycopy(b[i], 0, joined[i], a[i].length, b[i].length);
      System.arraycopy(c[i], 0, joined[i], a[i].length + b[i].length, c[i].length);
    }
    float[][] trunk = DenseStack.run(encoder.trunk(), joined);
    float[][] mean = DenseStack.run(encoder.mean(), trunk);
    float[][] logVariance = DenseStack.run(encoder.logVariance(), trunk);
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
    DecoderLayers decoder = networks.decoder();
    float[][] trunk = DenseStack.run(decoder.trunk(), places);
    float[][] onset = DenseStack.run(decoder.onset(), trunk);
    float[][] velocity = DenseStack.run(decoder.velocity(), trunk);
    float[][] offset = DenseStack.run(decoder.offset(), trunk);
    List<Rhythm> rhythms = new ArrayList<>(places.length);
    for (int i = 0; i < places.length; i++) {
      rhythms.add(new Rhythm(grid, voices.size(), onset[i], velocity[i], offset[i]));
    }
    return rhythms;
  }

  /** Which cells strike at many places, in their order. */
  public boolean[][] strikes(float[][] places) {
    DecoderLayers decoder = networks.decoder();
    float[][] onset = DenseStack.run(decoder.onset(), DenseStack.run(decoder.trunk(), places));
    return Arrays.stream(onset).map(this::strikes).toArray(boolean[][]::new);
  }

  /** The place in latent space of a position 0..1 per dimension. */
  public float[] place(float... position) {
    float[] place = new float[latentSize()];
    for (int i = 0; i < place.length; i++) {
      float at = i < position.length ? position[i] : 0.5f;
      place[i] = latent.latent(i, at);
    }
    return place;
  }

  /** Which cells strike: onset probability at or above the voice's threshold. */
  public boolean[] strikes(Rhythm decoded) {
    return strikes(decoded.onset());
  }

  private boolean[] strikes(float[] onset) {
    boolean[] strikes = new boolean[onset.length];
    for (int i = 0; i < strikes.length; i++) {
      strikes[i] = onset[i] >= thresholds[i % voices.size()];
    }
    return strikes;
  }
}
