package org.latentspace.explorer.motion;

/** What movement does at the edge of the square. */
public enum Bounds {
  /** The point stays at the edge. */
  CLAMP,
  /** The point comes back as from a mirror. */
  REFLECT,
  /** The point leaves on one side and enters on the other. */
  WRAP
}
