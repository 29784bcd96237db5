package org.latentspace.audio.sound;

import java.util.List;
import java.util.function.IntSupplier;

/** The sound cards of this machine. */
public interface InputLines {
  /** A sound card that can record. */
  record Device(String name, String description, int channels) {}

  /** Reads up to {@code length} bytes; fewer than are available means that the line is gone. */
  interface Reader {
    int read(byte[] bytes, int length);
  }

  /**
   * An open line of a sound card: where {@link CaptureLoop} meets the machine, or a test's fake.
   *
   * @param sampleRate Hz
   * @param available bytes that can be read now without waiting
   * @param close gives the line back
   */
  record Open(
      int sampleRate, SampleFormat format, IntSupplier available, Reader reader, Runnable close) {}

  List<Device> devices();

  /**
   * Opens a line and starts it.
   *
   * @param namePart a part of the device's name, upper or lower case; empty = the default device
   * @param sampleRate Hz; 0 = what the device likes best
   * @param channel a channel, from 1, that the line must have if the device can; 0 = any
   * @throws LineGone when there is no such device, or it cannot be opened now
   */
  InputLines.Open open(String namePart, int sampleRate, int channel) throws LineGone;

  /** The device is not there, or not now. */
  final class LineGone extends Exception {
    private static final long serialVersionUID = 1L;

    public LineGone(String message) {
      super(message);
    }
  }
}
