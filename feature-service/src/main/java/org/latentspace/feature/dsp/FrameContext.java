package org.latentspace.feature.dsp;

/** What goes with one performer's features: the scaling in use, and the other senses. */
public interface FrameContext {
  /** The scaling of the next frame. */
  Scaling scaling();

  /** Adds to a frame what the extractor does not know; a frame's scaling was asked for before. */
  void join(Block block, FrameFeatures heard, long nowNanos);

  /** One scaling, and no other sense. */
  static FrameContext none(Scaling scaling) {
    return new FrameContext() {
      @Override
      public Scaling scaling() {
        return scaling;
      }

      @Override
      public void join(Block block, FrameFeatures heard, long nowNanos) {}
    };
  }
}
