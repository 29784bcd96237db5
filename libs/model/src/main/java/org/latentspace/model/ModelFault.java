package org.latentspace.model;

/** Says in one line why a model or a mapping cannot be played, and what would be right. */
public final class ModelFault extends Exception {
  private static final long serialVersionUID = 1L;

  public ModelFault(String line) {
    super(line);
  }

  /**
   * A fault of one model file.
   *
   * @param file its name, as whoever named it wrote it
   * @param what is wrong with it, with the value and what would be right
   */
  public ModelFault(String file, String what) {
    this("model file " + file + ": " + what);
  }
}
