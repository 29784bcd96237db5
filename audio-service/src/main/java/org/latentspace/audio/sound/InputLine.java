package org.latentspace.audio.sound;

/** An open line of a sound card: where {@link CaptureLoop} meets the machine, or a test's fake. */
public interface InputLine extends AutoCloseable {
  /** Hz. */
  int sampleRate();

  SampleFormat format();

  /** Bytes that can be read now without waiting. */
  int available();

  /** Reads up to {@code length} bytes; fewer than are available means that the line is gone. */
  int read(byte[] bytes, int length);

  @Override
  void close();
}
