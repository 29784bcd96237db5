package org.latentspace.installation;

/**
 * A note or a controller of a MIDI device: a pad, a pedal, a knob, a lamp.
 *
 * @param note whether it is a note; else a controller
 * @param number of the note or controller, 0..127
 * @param channel 1..16; 0: any
 */
public record MidiKey(boolean note, int number, int channel) {
  /** What {@link #hear} says of another key's message. */
  public static final int OTHER = -1;

  private static final int NOTE_OFF = 0x80;
  private static final int NOTE_ON = 0x90;
  private static final int CONTROLLER = 0xb0;
  private static final int HALF = 64;

  /**
   * The key that a message comes from; null for a message that is neither of a note nor of a
   * controller.
   *
   * @param status 128..255
   * @param data1 0..127
   */
  public static MidiKey of(int status, int data1) {
    int command = status & 0xf0;
    boolean ofNote = command == NOTE_ON || command == NOTE_OFF;
    return ofNote || command == CONTROLLER ? new MidiKey(ofNote, data1, (status & 0xf) + 1) : null;
  }

  /**
   * How far a message presses this key.
   *
   * @param status 128..255
   * @param data1 0..127
   * @param data2 0..127
   * @return 0..127; a note's end: 0; {@link #OTHER} for a message that is not of this key
   */
  public int hear(int status, int data1, int data2) {
    boolean here = data1 == number && (channel == 0 || channel == (status & 0xf) + 1);
    int command = status & 0xf0;
    if (!here || (note ? command != NOTE_ON && command != NOTE_OFF : command != CONTROLLER)) {
      return OTHER;
    }
    return command == NOTE_OFF ? 0 : data2;
  }

  /** Whether it is down: a note from its beginning to its end, a controller from 64 on. */
  public boolean isDown(int pressed) {
    return note ? pressed > 0 : pressed >= HALF;
  }

  /** The first byte of a message of this key; where any channel is heard, of channel 1. */
  public int status() {
    return (note ? NOTE_ON : CONTROLLER) | (channel == 0 ? 0 : channel - 1);
  }

  @Override
  public String toString() {
    return (note ? "note " : "controller ")
        + number
        + (channel == 0 ? "" : " on channel " + channel);
  }
}
