package org.latentspace.feature.dsp;

/** What goes with one performer's ear: the scaling in use, and the other senses. */
public interface Company {
  /** The scaling of the next frame. */
  Scaling scaling();

  /** Adds to a frame what the ear does not know; a frame's scaling was asked for before. */
  void join(Block block, Heard heard, long nowNanos);

  /** An ear alone with one scaling. */
  static Company none(Scaling scaling) {
    return new Company() {
      @Override
      public Scaling scaling() {
        return scaling;
      }

      @Override
      public void join(Block block, Heard heard, long nowNanos) {}
    };
  }
}
