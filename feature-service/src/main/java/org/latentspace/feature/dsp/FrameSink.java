package org.latentspace.feature.dsp;

/** Takes the features of each frame. */
@FunctionalInterface
public interface FrameSink {
  /** A frame, which is the extractor's own and holds only until this call returns. */
  void frame(FrameFeatures heard);
}
