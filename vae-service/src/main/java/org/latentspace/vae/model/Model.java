package org.latentspace.vae.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latentspace.vae.latent.LatentRange;
import org.latentspace.vae.rhythm.Grid;

/** A rhythm VAE as it was read: never changed, shared by all performers. */
public final class Model {
  private final Score score;
  private final String sha256;
  private final Map<String, String> metadata;
  private final Layers layers;

  /**
   * What a model plays on.
   *
   * @param version name of the version, 1..64 characters
   * @param voices 1..24 names, in the order of the pattern's cells
   * @param thresholds onset threshold per voice, 0..1
   */
  public record Score(
      String version, Grid grid, List<String> voices, LatentRange latent, float[] thresholds) {}

  Model(Score score, String sha256, Map<String, String> metadata, Layers layers) {
    this.score = score;
    this.sha256 = sha256;
    this.metadata = metadata;
    this.layers = layers;
  }

  /** The same model under the name that it was activated by. */
  public Model named(String version) {
    Score named =
        new Score(version, score.grid, score.voices, score.latent, score.thresholds);
    return new Model(named, sha256, metadata, layers);
  }

  public String version() {
    return score.version();
  }

  public Grid grid() {
    return score.grid();
  }

  /** Names of the voices, in the order of the pattern's cells. */
  public List<String> voices() {
    return score.voices();
  }

  public LatentRange latent() {
    return score.latent();
  }

  /** The model's own onset thresholds, 0..1 per voice; a copy. */
  public float[] thresholds() {
    return score.thresholds().clone();
  }

  /** Digest of the whole file, 64 hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** The file's metadata as it stands. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Steps x voices: the length of one plane of a pattern. */
  public int cells() {
    return score.grid().steps() * score.voices().size();
  }

  Layers layers() {
    return layers;
  }

  /** The same model with another decoder, and a word in its metadata on how that was made. */
  Model withDecoder(Layers.Decoding decoder, String key, String value) {
    Map<String, String> told = new TreeMap<>(metadata);
    told.put(key, value);
    Layers changed = new Layers(layers.encoder(), decoder);
    return new Model(score, sha256, Collections.unmodifiableMap(told), changed);
  }
}
