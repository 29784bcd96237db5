package org.latentspace.audio.sound;

import java.io.IOException;

/** What is wrong with a recording; the only exception of reading one. */
public final class SoundFault extends IOException {
  private static final long serialVersionUID = 1L;

  public SoundFault(String message) {
    super(message);
  }

  public SoundFault(String message, Throwable cause) {
    super(message, cause);
  }
}
