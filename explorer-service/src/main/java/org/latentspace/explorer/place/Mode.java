package org.latentspace.explorer.place;

/** How the explorer finds its point. */
public enum Mode {
  /** The hand places the point; the sound is heard but moves nothing. */
  SELECT,
  /** The taught mapping places the point from what is heard. */
  PREDICT
}
