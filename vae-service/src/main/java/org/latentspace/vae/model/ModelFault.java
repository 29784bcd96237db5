package org.latentspace.vae.model;

/** Says which model file cannot be played, and why. */
public final class ModelFault extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A fault of one file.
   *
   * @param file its name, as whoever named it wrote it
   * @param what is wrong with it, with the value and what would be right
   */
  public ModelFault(String file, String what) {
    super("model file " + file + ": " + what);
  }
}
