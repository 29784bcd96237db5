package org.latentspace.midi.outlet;

/** A device that makes sound of MIDI messages; sending may block or fail. */
interface Instrument extends AutoCloseable {
  /** Opens the device; what it throws is the status. */
  interface Maker {
    Instrument open() throws Exception;
  }

  /** Sends a short message, 0xssddee. */
  void send(int message) throws Exception;

  /** Whether the device is still plugged in. */
  boolean isPresent();

  @Override
  void close();
}
