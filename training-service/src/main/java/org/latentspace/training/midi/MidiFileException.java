package org.latentspace.training.midi;

/** A MIDI file that cannot be used; the message says why in a few words. */
public final class MidiFileException extends Exception {
  private static final long serialVersionUID = 1;

  public MidiFileException(String reason) {
    super(reason);
  }
}
