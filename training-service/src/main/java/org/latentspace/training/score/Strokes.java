package org.latentspace.training.score;

/**
 * What became of a data set's strokes: in their own cell, in a neighbour's, lost to a louder one
 * (collision loss), or with a key that the kit does not have (map loss).
 */
public record Strokes(long kept, long moved, long lost, long unmapped) {
  public static final Strokes NONE = new Strokes(0, 0, 0, 0);

  /** Share that is lost to louder strokes in the same cell, 0..1. */
  public double collisionLoss() {
    return lost / (double) Math.max(1, kept + moved + lost);
  }

  /** Share that the kit does not have, 0..1. */
  public double mapLoss() {
    return unmapped / (double) Math.max(1, kept + moved + lost + unmapped);
  }
}
