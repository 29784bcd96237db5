package org.latentspace.training.data;

/** What the first outputs of a pair do to the point. */
public enum Motion {
  /** They are the place. */
  POSITION("position"),
  /** They are a velocity. */
  MOVEMENT("movement");

  private final String word;

  Motion(String word) {
    this.word = word;
  }

  /** As people say it. */
  public String word() {
    return word;
  }
}
