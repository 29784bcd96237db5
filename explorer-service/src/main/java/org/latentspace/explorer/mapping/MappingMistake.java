package org.latentspace.explorer.mapping;

/** A mapping was refused: its one line says where it is wrong and what would be right. */
public final class MappingMistake extends Exception {
  private static final long serialVersionUID = 1L;

  public MappingMistake(String line) {
    super(line);
  }
}
