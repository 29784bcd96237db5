package org.latentspace.explorer.place;

/** When the explorer hands its point on. */
public enum Sending {
  /** Only when told: the rhythm stays until then. */
  MANUAL,
  /** With every frame. */
  AUTO
}
