package org.latentspace.midi.outlet;

import org.latentspace.midi.time.Scheduler;

/** The notes of a port that sound, and when each is to end. Of the port's thread alone. */
final class SoundingNotes {
  private static final int CHANNELS = 16;
  private static final int NOTES = 128;

  private final long[] ends = new long[CHANNELS * NOTES];
  private final boolean[] sounds = new boolean[ends.length];
  private int count;
  private long next = Scheduler.NEVER;

  /** Where notes are ended. */
  interface Ending {
    /**
     * Ends a note.
     *
     * @param noteOff 0x8cnn00
     * @param endNanos when it was to end
     * @return false = it could not be ended, and sounds on
     */
    boolean end(int noteOff, long endNanos);
  }

  private static int key(int message) {
    return (message >> 16 & 0xf) * NOTES + (message >> 8 & 0x7f);
  }

  boolean sounds(int message) {
    return sounds[key(message)];
  }

  /** A note-on has left. */
  void begin(int noteOn, long endNanos) {
    int key = key(noteOn);
    count += sounds[key] ? 0 : 1;
    sounds[key] = true;
    ends[key] = endNanos;
    next = Math.min(next, endNanos);
  }

  /** When the next one ends, or {@link Scheduler#NEVER}. */
  long next() {
    return next;
  }

  /**
   * Ends those that were to end by then.
   *
   * @param againNanos when one that could not be ended is tried again
   */
  void end(long untilNanos, long againNanos, Ending ending) {
    next = Scheduler.NEVER;
    for (int key = 0; count > 0 && key < ends.length; key++) {
      if (!sounds[key]) {
        continue;
      }
      boolean due = ends[key] <= untilNanos;
      if (!due || !endKey(key, ending)) {
        next = Math.min(next, due ? againNanos : ends[key]);
      }
    }
  }

  /** Ends one that sounds, before it is struck again. */
  void end(int noteOn, Ending ending) {
    if (sounds(noteOn)) {
      endKey(key(noteOn), ending);
    }
  }

  private boolean endKey(int key, Ending ending) {
    boolean ended = ending.end(0x800000 | key / NOTES << 16 | key % NOTES << 8, ends[key]);
    if (ended) {
      sounds[key] = false;
      count--;
    }
    return ended;
  }
}
