package org.latentspace.training.data;

/** Where a piece came from. */
public enum Source {
  MIDI("midi"),
  RECORDED("recorded"),
  BUILT_IN("built-in");

  private final String written;

  Source(String written) {
    this.written = written;
  }

  /** As people write it. */
  public String written() {
    return written;
  }

  /** Throws IllegalArgumentException that says what there is. */
  public static Source of(String written) {
    for (Source each : values()) {
      if (each.written.equals(written)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "source '" + written + "' must be midi, recorded or built-in");
  }
}
