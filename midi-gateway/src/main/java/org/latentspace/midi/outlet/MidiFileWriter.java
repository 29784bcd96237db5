package org.latentspace.midi.outlet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.wire.ResultFile;

/**
 * Writes a performance as a Standard MIDI File (format 0, {@value #TICKS_PER_QUARTER} ticks a
 * quarter). The first {@link #flush} puts the file in its place; after every one the file on disk
 * is whole: the next one overwrites its end.
 *
 * <p>Source of the layout: Standard MIDI Files 1.0, RP-001.
 */
final class MidiFileWriter {
  static final int TICKS_PER_QUARTER = 1920;
  private static final long GRAINS_PER_TICK = Grid.GRAINS_PER_QUARTER / TICKS_PER_QUARTER;
  private static final int HEADER = 14;
  private static final int TRACK_HEADER = 8;
  private static final byte[] END = {0, (byte) 0xff, 0x2f, 0};
  private static final int KEYS = 16 * 128;

  private final ResultFile result;
  private Path path;
  private byte[] buffer = new byte[8192];
  private int count;
  private long flushed;
  private long lastTick;
  private final long[] offTick = new long[KEYS];
  private int sounding;

  /** Writes nothing to the disk yet. */
  MidiFileWriter(ResultFile result) {
    this.result = result;
    Arrays.fill(offTick, -1);
    byte[] name = "Latent Space Explorer".getBytes(StandardCharsets.US_ASCII);
    event(0);
    put(0xff, 0x03, name.length);
    for (byte letter : name) {
      put(letter);
    }
  }

  /** Note that the gate is given in grains, like the place. */
  void strike(long grain, int noteOn, long gateGrains) {
    long tick = tick(grain);
    endNotes(tick);
    int key = (noteOn >> 16 & 0xf) * 128 + (noteOn >> 8 & 0x7f);
    if (offTick[key] >= 0) {
      off(key, tick);
    }
    event(tick);
    put(noteOn >> 16, noteOn >> 8 & 0x7f, noteOn & 0x7f);
    offTick[key] = Math.max(lastTick + 1, tick(grain + gateGrains));
    sounding++;
  }

  /** A control change, 0xbcnnvv. */
  void control(long grain, int message) {
    endNotes(tick(grain));
    event(tick(grain));
    put(message >> 16, message >> 8 & 0x7f, message & 0x7f);
  }

  void tempo(long grain, double bpm) {
    endNotes(tick(grain));
    event(tick(grain));
    int micros = (int) Math.round(60e6 / bpm);
    put(0xff, 0x51, 3);
    put(micros >> 16, micros >> 8, micros);
  }

  void meter(long grain, int beatsPerBar, int beatUnit) {
    endNotes(tick(grain));
    event(tick(grain));
    put(0xff, 0x58, 4);
    put(beatsPerBar, beatUnit == 8 ? 3 : 2);
    // A metronome click every quarter note; 32nd notes in a quarter.
    put(24, 8);
  }

  /** Ends all notes, and the file no earlier than here. */
  void end(long grain) throws IOException {
    endNotes(Long.MAX_VALUE);
    long tick = Math.max(lastTick, tick(grain));
    // An empty text carries the time to the end of the last bar; the end itself is overwritten.
    event(tick);
    put(0xff, 0x01, 0);
    flush();
  }

  /** Brings the file on disk up to date; may be tried again after a failure. */
  void flush() throws IOException {
    byte[] rest = Arrays.copyOf(buffer, count + END.length);
    System.arraycopy(END, 0, rest, count, END.length);
    byte[] heading = heading((int) flushed + rest.length);
    if (path == null) {
      path =
          result.begin(
              ByteBuffer.allocate(heading.length + rest.length).put(heading).put(rest).array());
    } else {
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        file.seek(heading.length + flushed);
        file.write(rest);
        file.seek(0);
        file.write(heading);
      }
    }
    flushed += count;
    count = 0;
  }

  /** Where the file is; null before it is on disk. */
  Path path() {
    return path;
  }

  private static byte[] heading(int trackBytes) {
    return ByteBuffer.allocate(HEADER + TRACK_HEADER)
        .put("MThd".getBytes(StandardCharsets.US_ASCII))
        .putInt(6)
        .putShort((short) 0)
        .putShort((short) 1)
        .putShort((short) TICKS_PER_QUARTER)
        .put("MTrk".getBytes(StandardCharsets.US_ASCII))
        .putInt(trackBytes)
        .array();
  }

  boolean isFull(int most) {
    return count >= most;
  }

  private static long tick(long grain) {
    return (grain + GRAINS_PER_TICK / 2) / GRAINS_PER_TICK;
  }

  /** Ends the notes that are over at this tick, in the order of time, then of key. */
  private void endNotes(long tick) {
    while (sounding > 0) {
      int next = -1;
      for (int key = 0; key < KEYS; key++) {
        if (offTick[key] >= 0 && (next < 0 || offTick[key] < offTick[next])) {
          next = key;
        }
      }
      if (offTick[next] > tick) {
        return;
      }
      off(next, offTick[next]);
    }
  }

  private void off(int key, long tick) {
    offTick[key] = -1;
    sounding--;
    event(tick);
    put(0x80 | key / 128, key % 128, 0);
  }

  /** Writes the time since the event before; time never runs back. */
  private void event(long tick) {
    long delta = Math.max(0, tick - lastTick);
    lastTick += delta;
    for (int shift = 21; shift > 0; shift -= 7) {
      if (delta >> shift != 0) {
        put((int) (delta >> shift & 0x7f) | 0x80);
      }
    }
    put((int) delta & 0x7f);
  }

  private void put(int... bytes) {
    if (count + bytes.length + END.length > buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    for (int value : bytes) {
      buffer[count++] = (byte) value;
    }
  }
}
