package org.latentspace.explorer.place;

/** What the outputs of a mapping do to the point. */
public enum Motion {
  /** They are the place. */
  POSITION,
  /** They are a velocity, and the place is where it has led to. */
  MOVEMENT
}
