package org.latentspace.vae.model;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.latentspace.model.Grid;
import org.latentspace.model.LatentRange;
import org.latentspace.model.ModelFault;
import org.latentspace.model.RhythmModelFile;
import org.latentspace.model.RhythmNetworks;

/** A rhythm VAE as it was read: never changed, shared by all performers. */
public final class Model {
  private final RhythmModelFile file;
  private final String sha256;

  Model(RhythmModelFile file, String sha256) {
    this.file = file;
    this.sha256 = sha256;
  }

  /** The same model under the name that it was activated by. */
  public Model named(String version) {
    return new Model(file.withVersion(version), sha256);
  }

  public String version() {
    return file.version();
  }

  public Grid grid() {
    return file.grid();
  }

  /** Names of the voices, in the order of the tensor's cells. */
  public List<String> voices() {
    return file.voices();
  }

  public LatentRange latent() {
    return file.latent();
  }

  /** The model's own onset thresholds, 0..1 per voice; a copy. */
  public float[] thresholds() {
    return file.thresholds().clone();
  }

  /** Digest of the whole file, 64 hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** The file's metadata as it stands. */
  public Map<String, String> metadata() {
    return file.metadata();
  }

  /** Steps x voices: the length of one plane of a tensor. */
  public int cells() {
    return file.grid().steps() * file.voices().size();
  }

  RhythmModelFile file() {
    return file;
  }

  RhythmNetworks networks() {
    return file.networks();
  }

  /**
   * The same model with another decoder, and an entry in its metadata that says how that was made.
   */
  Model withDecoder(RhythmNetworks.DecoderLayers decoder, String key, String value) {
    RhythmNetworks changed = new RhythmNetworks(file.networks().encoder(), decoder);
    return new Model(file.withNetworks(changed, key, value), sha256);
  }

  /**
   * Reads at most 64 MB from a stream, which stays open.
   *
   * @param name for the messages
   * @throws ModelFault naming the file and what is wrong
   * @throws IOException when the stream breaks
   */
  public static Model read(String name, InputStream stream) throws ModelFault, IOException {
    return read(name, stream.readNBytes(RhythmModelFile.MAX_BYTES + 1));
  }

  /**
   * Reads a file that is already in memory.
   *
   * @throws ModelFault naming the file and what is wrong
   */
  public static Model read(String name, byte[] bytes) throws ModelFault {
    return new Model(RhythmModelFile.read(name, bytes), sha256(bytes));
  }

  /** Digest of a whole file, 64 hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
