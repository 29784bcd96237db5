package org.latentspace.vae.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reads a model file, and refuses what cannot be played: layout, grid, sizes and numbers are all
 * checked here, so that whatever has become a {@link Model} can be decoded without a look.
 */
public final class ModelFile {
  /** The format this reader knows, as it stands in the metadata. */
  public static final String FORMAT = "latent-space-explorer/rhythm-vae/1";

  private ModelFile() {}

  /**
   * Reads a file of at most 64 MB.
   *
   * @throws ModelFault naming the file and what is wrong
   */
  public static Model read(Path path) throws ModelFault {
    try (InputStream stream = Files.newInputStream(path)) {
      return read(path.toString(), stream);
    } catch (NoSuchFileException e) {
      throw new ModelFault(path.toString(), "does not exist");
    } catch (IOException e) {
      throw new ModelFault(path.toString(), "cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads at most 64 MB from a stream, which stays open.
   *
   * @param name for the messages
   * @throws ModelFault naming the file and what is wrong
   * @throws IOException when the stream breaks
   */
  public static Model read(String name, InputStream stream) throws ModelFault, IOException {
    return read(name, stream.readNBytes(TensorFile.MAX_FILE_BYTES + 1));
  }

  /**
   * Reads a file that is already in memory.
   *
   * @throws ModelFault naming the file and what is wrong
   */
  public static Model read(String name, byte[] bytes) throws ModelFault {
    TensorFile file = new TensorFile(name, bytes);
    Model.Score score = new ScoreReader(name, file.metadata()).read();
    int cells = score.grid().steps() * score.voices().size();
    LayersReader layers = new LayersReader(name, file, score.latent().size(), cells);
    return new Model(score, sha256(bytes), file.metadata(), layers.read());
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
