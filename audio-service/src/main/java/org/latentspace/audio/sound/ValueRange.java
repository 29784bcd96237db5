package org.latentspace.audio.sound;

/** A range of a musical quantity from which chance picks. */
record ValueRange(double low, double high) {
  /** The value at {@code part} 0..1 of the way from low to high. */
  double at(double part) {
    return low + (high - low) * part;
  }
}
