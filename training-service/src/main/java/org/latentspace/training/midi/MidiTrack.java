package org.latentspace.training.midi;

/**
 * Reads one track's events, in order, and hands on what makes a piece.
 *
 * <p>Messages that belong on a wire, not in a file, are passed over, as players do.
 */
final class MidiTrack {
  private static final int NOTE_ON = 0x90;
  private static final int PROGRAM_CHANGE = 0xC0;
  private static final int CHANNEL_PRESSURE = 0xD0;
  private static final int SYSTEM_EXCLUSIVE = 0xF0;
  private static final int QUARTER_FRAME = 0xF1;
  private static final int SONG_POSITION = 0xF2;
  private static final int SONG_SELECT = 0xF3;
  private static final int ESCAPE = 0xF7;
  private static final int META = 0xFF;
  private static final int END_OF_TRACK = 0x2F;
  private static final int TEMPO = 0x51;
  private static final int TIME_SIGNATURE = 0x58;

  private final MidiBytes in;
  private final MidiFileReader piece;
  private long tick;
  private int running;

  MidiTrack(MidiBytes in, MidiFileReader piece) {
    this.in = in;
    this.piece = piece;
  }

  /**
   * Ends with the end-of-track event or with the last byte, whichever comes first.
   *
   * @return whether the end-of-track event was there
   */
  boolean read() throws MidiFileException {
    boolean open = true;
    while (open && in.left() > 0) {
      tick += in.variable();
      int status = in.peek();
      if (status >= 0x80) {
        in.uint8();
      } else {
        status = running;
      }
      open = event(status);
    }
    piece.endOfTrack(tick);
    return !open;
  }

  /** Returns false at the end of the track. */
  private boolean event(int status) throws MidiFileException {
    if (status == META) {
      return meta();
    }
    if (status == SYSTEM_EXCLUSIVE || status == ESCAPE) {
      in.part(length());
    } else if (status > SYSTEM_EXCLUSIVE) {
      wire(status);
    } else if (status == 0) {
      throw new MidiFileException("a track has data before any message");
    } else {
      channel(status);
    }
    return true;
  }

  private void wire(int status) throws MidiFileException {
    if (status == QUARTER_FRAME || status == SONG_SELECT || status == SONG_POSITION) {
      in.data();
    }
    if (status == SONG_POSITION) {
      in.data();
    }
    piece.remark(
        "message 0x" + Integer.toHexString(status) + " has no place in a file and is passed over");
  }

  private void channel(int status) throws MidiFileException {
    running = status;
    int command = status & 0xF0;
    int first = in.data();
    if (command == PROGRAM_CHANGE || command == CHANNEL_PRESSURE) {
      return;
    }
    int second = in.data();
    if (command == NOTE_ON && second > 0) {
      piece.stroke(tick, status & 0x0F, first, second);
    }
  }

  private boolean meta() throws MidiFileException {
    int type = in.uint8();
    MidiBytes data = in.part(length());
    if (type == TEMPO && data.left() >= 3) {
      piece.tempo(tick, data.uint8() << 16 | data.uint16());
    } else if (type == TIME_SIGNATURE && data.left() >= 2) {
      piece.metre(tick, data.uint8(), data.uint8());
    }
    return type != END_OF_TRACK;
  }

  private int length() throws MidiFileException {
    int length = in.variable();
    if (length > in.left()) {
      throw new MidiFileException(
          "an event claims " + length + " bytes, its track has " + in.left() + " left");
    }
    return length;
  }
}
