package org.latentspace.audio.sound;

/** Takes what the sources give. */
public interface BlockSink {
  /** Never waits; false when nothing could be sent now. */
  boolean accept(Performer performer, Sound sound);

  /** A performer's device is missing or back: see its status. */
  default void missing(Performer performer) {}
}
