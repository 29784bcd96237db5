package org.latentspace.rtpmidi;

/** What the bytes of a message {@code 0xSSDDDD} say (status, first and second data byte). */
final class MidiMessage {
  static final int CHANNELS = 16;

  /** Keys of all channels: channel · 128 + note or controller. */
  static final int KEYS = CHANNELS * 128;

  private static final int FIRST_MODE = 120;
  private static final int LOCAL_CONTROL = 122;

  private MidiMessage() {}

  static int of(int status, int data1, int data2) {
    return status << 16 | data1 << 8 | data2;
  }

  static int status(int message) {
    return message >> 16 & 0xff;
  }

  /** 0x8 to 0xe for a channel's message, 0xf for the system's. */
  static int kind(int message) {
    return message >> 20 & 0xf;
  }

  static int data1(int message) {
    return message >> 8 & 0x7f;
  }

  static int data2(int message) {
    return message & 0x7f;
  }

  /** Channel · 128 + note or controller. */
  static int key(int message) {
    return (message >> 16 & 0xf) * 128 + data1(message);
  }

  static int noteOff(int key) {
    return 0x800000 | (key / 128) << 16 | (key % 128) << 8 | 64;
  }

  static int noteOn(int key, int velocity) {
    return 0x900000 | (key / 128) << 16 | (key % 128) << 8 | velocity;
  }

  static int control(int key, int value) {
    return 0xb00000 | (key / 128) << 16 | (key % 128) << 8 | value;
  }

  static boolean isNote(int message) {
    return kind(message) == 8 || kind(message) == 9;
  }

  static boolean isStrike(int message) {
    return kind(message) == 9 && data2(message) > 0;
  }

  static boolean isControl(int message) {
    return kind(message) == 0xb;
  }

  /** Whether the journal says how often a controller came, not its value: a mode message. */
  static boolean isCounted(int controller) {
    return controller >= FIRST_MODE && controller != LOCAL_CONTROL;
  }

  /** Whether a controller ends all notes of its channel. */
  static boolean endsNotes(int controller) {
    return controller == FIRST_MODE || controller > LOCAL_CONTROL;
  }

  /** Data bytes after a status byte; -1 for system exclusive, which has no fixed number. */
  static int dataBytes(int status) {
    switch (status >> 4) {
      case 0x8, 0x9, 0xa, 0xb, 0xe:
        return 2;
      case 0xc, 0xd:
        return 1;
      default:
        return switch (status) {
          case 0xf0, 0xf7 -> -1;
          case 0xf1, 0xf3 -> 1;
          case 0xf2 -> 2;
          default -> 0;
        };
    }
  }

  /** Whether it is a whole message, none of system exclusive. */
  static boolean isValid(int message) {
    return message >>> 24 == 0
        && (message & 0x8080) == 0
        && status(message) >= 0x80
        && dataBytes(status(message)) >= 0;
  }
}
