package org.latentspace.audio.sound;

import java.util.List;

/** The sound cards of this machine. */
public interface InputLines {
  /** A sound card that can record. */
  record Device(String name, String description, int channels) {}

  List<Device> devices();

  /**
   * Opens a line and starts it.
   *
   * @param namePart a part of the device's name, upper or lower case; empty = the default device
   * @param sampleRate Hz; 0 = what the device likes best
   * @param channel a channel, from 1, that the line must have if the device can; 0 = any
   * @throws LineGone when there is no such device, or it cannot be opened now
   */
  InputLine open(String namePart, int sampleRate, int channel) throws LineGone;

  /** The device is not there, or not now. */
  final class LineGone extends Exception {
    private static final long serialVersionUID = 1L;

    public LineGone(String message) {
      super(message);
    }
  }
}
