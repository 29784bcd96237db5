package org.latentspace.vae.model;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.latentspace.model.ModelFault;
import org.latentspace.model.RhythmModelFile;

/**
 * Fetches a model file's bytes and has them read ({@link RhythmModelFile}): whatever has become a
 * {@link Model} can be decoded without a look.
 */
public final class ModelFile {
  private ModelFile() {}

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
