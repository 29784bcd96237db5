package org.latentspace.installation;

/**
 * A foot switch or pad that teaches.
 *
 * @param performer whom it teaches for
 * @param midiIn part of its MIDI input's name
 * @param note whether it sends notes; else it is a controller
 * @param number of the note or controller, 0..127
 * @param channel 1..16; 0: any
 * @param meanMs for ADD: 0..10000 of sound over which the playing is taken
 */
public record Pedal(
    String performer, String midiIn, boolean note, int number, int channel, Deed deed, int meanMs) {

  /** What it does. */
  public enum Deed {
    /** Begins a pair when it goes down, ends it when it comes up. */
    HOLD,
    /** Makes a pair of what was played just now. */
    ADD,
    /** Takes the newest change back. */
    UNDO,
    /** Takes all pairs away. */
    CLEAR,
    /** Fits a mapping to the pairs. */
    FIT,
    /** Puts the hand at the next pair's outputs, from the first to the last and round again. */
    AUDITION,
    /** Lets the hand place the point. */
    SELECT,
    /** Lets the mapping place the point. */
    PREDICT
  }

  /** What a message says of it. */
  public enum Move {
    DOWN,
    UP,
    /** Its input is gone while it was down. */
    GONE,
    NONE
  }

  private static final int NOTE_OFF = 0x80;
  private static final int NOTE_ON = 0x90;
  private static final int CONTROLLER = 0xb0;
  private static final int HALF = 64;

  /**
   * What a message says of this pedal: a note is down from its beginning to its end, a controller
   * from 64 on.
   *
   * @param status 128..255
   * @param data1 0..127
   * @param data2 0..127
   */
  public Move hear(int status, int data1, int data2) {
    boolean here = data1 == number && (channel == 0 || channel == (status & 0xf) + 1);
    int command = status & 0xf0;
    if (!here || (note ? command != NOTE_ON && command != NOTE_OFF : command != CONTROLLER)) {
      return Move.NONE;
    }
    boolean down = note ? command == NOTE_ON && data2 > 0 : data2 >= HALF;
    return down ? Move.DOWN : Move.UP;
  }
}
