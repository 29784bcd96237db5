package org.latentspace.training.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latentspace.model.ModelFault;
import org.latentspace.model.RhythmModelFile;
import org.latentspace.model.RhythmNetworks;

/** Turns a model into the bytes of a model file ({@link RhythmModelFile}) and back. */
public final class ModelFile {
  private ModelFile() {}

  /** Throws IllegalArgumentException for a model larger than a file may be. */
  public static byte[] write(RhythmModel model) {
    return new RhythmModelFile(
            model.version(),
            model.grid(),
            model.voices(),
            model.latent(),
            model.thresholds(),
            new RhythmNetworks(model.encoder(), model.decoder()),
            model.provenance())
        .write();
  }

  /** The same for a file on the disk, named by its path. */
  public static RhythmModel read(Path file) throws IOException {
    return read(file.toString(), Files.readAllBytes(file));
  }

  /**
   * Reads a model.
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
          file.networks().encoder(),
          file.networks().decoder(),
          file.provenance());
    } catch (ModelFault fault) {
      throw new IllegalArgumentException(fault.getMessage(), fault);
    }
  }
}
