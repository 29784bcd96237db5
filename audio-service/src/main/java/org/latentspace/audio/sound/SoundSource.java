package org.latentspace.audio.sound;

import java.io.IOException;
import java.util.List;

/** Something that sounds on demand: a recording or the built-in performer, always mono. */
public interface SoundSource extends AutoCloseable {
  /** What is wrong with a recording; the only exception of reading one. */
  final class Fault extends IOException {
    private static final long serialVersionUID = 1L;

    public Fault(String message) {
      super(message);
    }

    public Fault(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Hz, 8000..192000; constant. */
  int sampleRate();

  /**
   * Writes the next {@code count} samples (nominally -1..1) to the beginning of {@code samples} and
   * returns how many there were: fewer than asked for only at the end, 0 after it.
   *
   * @throws Fault when the recording can be read no further
   */
  int read(float[] samples, int count) throws Fault;

  /**
   * Lines for people about what is lost of the sound, none when all is well; the same list as long
   * as nothing changes.
   */
  default List<String> warnings() {
    return List.of();
  }

  @Override
  void close();
}
