package org.latentspace.mididevices;

/** An address names no MIDI port, or more than one; the message says which there are. */
public final class UnclearPort extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean ambiguous;

  UnclearPort(String message, boolean ambiguous) {
    super(message);
    this.ambiguous = ambiguous;
  }

  /** Whether more than one fits; else none does, which plugging in may mend. */
  public boolean isAmbiguous() {
    return ambiguous;
  }
}
