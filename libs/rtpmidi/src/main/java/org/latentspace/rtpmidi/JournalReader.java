package org.latentspace.rtpmidi;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Reads a recovery journal as {@link SentHistory} draws it; chapters but C and N are read over. */
final class JournalReader {
  /** Gets what a journal says; each of the newest state that a note or controller has. */
  interface Target {
    /**
     * A note sounds.
     *
     * @param play whether it is recent enough to be struck
     * @param isFresh whether the packet just before struck it
     */
    void sounds(int key, int velocity, boolean play, boolean isFresh);

    /** A note has ended. */
    void ended(int key);

    /** A controller has this value. */
    void controller(int key, int value);

    /** A mode message, or a switch that was turned, came so many times, modulo 64. */
    void counted(int key, int times);
  }

  /** For a first reading, which says whether the journal is whole. */
  static final Target NOBODY =
      new Target() {
        @Override
        public void sounds(int key, int velocity, boolean play, boolean isFresh) {}

        @Override
        public void ended(int key) {}

        @Override
        public void controller(int key, int value) {}

        @Override
        public void counted(int key, int times) {}
      };

  private JournalReader() {}

  /** The first packet that the journal covers; -1 where it is cut off. */
  static int checkpoint(ByteBuffer journal) {
    return journal.remaining() < 3 ? -1 : journal.getShort(journal.position() + 1) & 0xffff;
  }

  /** Tells the target what stands there; false where it is broken, of which a part may be told. */
  static boolean read(ByteBuffer in, Target target) {
    try {
      int header = in.get();
      in.getShort();
      if ((header & 0x40) != 0) {
        int length = in.getShort(in.position()) & 0x3ff;
        skip(in, Math.max(2, length));
      }
      int channels = (header & 0x20) != 0 ? (header & 0xf) + 1 : 0;
      for (int i = 0; i < channels; i++) {
        if (!readChannel(in, target)) {
          return false;
        }
      }
      return true;
    } catch (BufferUnderflowException | IndexOutOfBoundsException cutOff) {
      return false;
    }
  }

  private static void skip(ByteBuffer in, int bytes) {
    if (bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + bytes);
  }

  private static boolean readChannel(ByteBuffer in, Target target) {
    int end = in.position();
    int header = in.getShort();
    int from = (header >> 11 & 0xf) * 128;
    end += header & 0x3ff;
    int chapters = in.get();
    if ((chapters & 0x80) != 0) {
      skip(in, 3);
    }
    if ((chapters & 0x40) != 0) {
      readControllers(in, from, target);
    }
    if ((chapters & 0x20) != 0) {
      skip(in, Math.max(2, in.getShort(in.position()) & 0x3ff));
    }
    if ((chapters & 0x10) != 0) {
      skip(in, 2);
    }
    if ((chapters & 0x08) != 0 && !readNotes(in, from, target)) {
      return false;
    }
    if ((chapters & 0x04) != 0) {
      skip(in, 1 + 2 * ((in.get(in.position()) & 0x7f) + 1));
    }
    if ((chapters & 0x02) != 0) {
      skip(in, 1);
    }
    if ((chapters & 0x01) != 0) {
      skip(in, 1 + 2 * ((in.get(in.position()) & 0x7f) + 1));
    }
    return in.position() == end;
  }

  private static void readControllers(ByteBuffer in, int from, Target target) {
    int logs = (in.get() & 0x7f) + 1;
    for (int i = 0; i < logs; i++) {
      int key = from + (in.get() & 0x7f);
      int value = in.get() & 0xff;
      if (value < 0x80) {
        target.controller(key, value);
      } else if ((value & 0x40) != 0) {
        target.counted(key, value & 0x3f);
      } else {
        // How often a switch was turned, from off.
        target.controller(key, (value & 1) * 127);
      }
    }
  }

  private static boolean readNotes(ByteBuffer in, int from, Target target) {
    int logs = in.get() & 0x7f;
    int span = in.get() & 0xff;
    int low = span >> 4;
    int high = span & 0xf;
    if (low > high && span != 0xf0 && span != 0xf1) {
      return false;
    }
    logs = logs == 127 && span == 0xf0 ? 128 : logs;
    for (int i = 0; i < logs; i++) {
      int note = in.get();
      int struck = in.get();
      int velocity = Math.max(1, struck & 0x7f);
      target.sounds(from + (note & 0x7f), velocity, struck < 0, note >= 0);
    }
    for (int octet = low; octet <= high; octet++) {
      int bits = in.get();
      for (int i = 0; i < 8; i++) {
        if ((bits & 0x80 >> i) != 0) {
          target.ended(from + octet * 8 + i);
        }
      }
    }
    return true;
  }
}
