package org.latentspace.midi.outlet;

/** A device that makes sound of MIDI messages; sending may block or fail. */
interface Instrument extends AutoCloseable {
  int CHANNELS = 16;

  /** All notes of the first channel off. */
  int ALL_OFF = 0xb07b00;

  /** Opens the device; what it throws is the status. */
  interface Maker {
    Instrument open() throws Exception;
  }

  /**
   * Sends a short message, 0xssddee, now.
   *
   * @param dueNanos when it was to leave, of {@link System#nanoTime}
   */
  void send(int message, long dueNanos) throws Exception;

  /**
   * Ends what may sound from before, by an earlier run or before the device was unplugged.
   *
   * @param noteOffs of the notes that its robots know, 0x8cnn00
   */
  default void silence(int[] noteOffs) throws Exception {
    for (int noteOff : noteOffs) {
      send(noteOff, System.nanoTime());
    }
    for (int channel = 0; channel < CHANNELS; channel++) {
      send(ALL_OFF | channel << 16, System.nanoTime());
    }
  }

  /** Whether the device is still plugged in. */
  boolean isPresent();

  @Override
  void close();
}
