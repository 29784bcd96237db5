package org.latentspace.explorer.mapping;

/** What the outputs of a mapping do to the point. */
public enum Motion {
  /** The position's entries are the place. */
  POSITION,
  /** The position's entries are a velocity; the place is where it has led to. */
  MOVEMENT
}
