package org.latentspace.feature.dsp;

/** Where an ear puts what it has heard. */
@FunctionalInterface
public interface FrameSink {
  /** A frame, which is the ear's own and holds only until this call returns. */
  void frame(Heard heard);
}
