package org.latentspace.vae.model;

/** Writes models as files, for tests. */
public final class ModelBytes {
  private ModelBytes() {}

  public static byte[] of(Model model) {
    return model.file().write();
  }
}
