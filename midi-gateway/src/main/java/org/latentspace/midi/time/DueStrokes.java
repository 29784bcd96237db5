package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Pattern;

/** Strokes and bar lines that are due at places of the song, in the order of time; bounded. */
final class DueStrokes {
  /** Stands for a stroke, so that bar lines come in the order of time as well. */
  static final int BAR_LINE = -1;

  // Shuffle holds strokes back by a sixth of a beat at most: 32 cells of the finest grid, 24 voices
  // each; a change of grid opens 24 cells more at once.
  private static final int CAPACITY = 2048;

  private final long[] grains = new long[CAPACITY];
  private final Pattern[] patterns = new Pattern[CAPACITY];
  private final int[] strokes = new int[CAPACITY];
  private int head;
  private int size;

  void clear() {
    head = 0;
    size = 0;
  }

  /** Holds what another one holds. */
  void begin(DueStrokes other) {
    clear();
    for (int i = 0; i < other.size; i++) {
      int from = other.index(i);
      add(other.grains[from], other.patterns[from], other.strokes[from]);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The place of the first, or {@link Scheduler#NEVER}. */
  long next() {
    return size > 0 ? grains[head] : Scheduler.NEVER;
  }

  /** Hands the first over. */
  void strikeNext(StrokeSink sink) {
    Pattern pattern = patterns[head];
    int stroke = strokes[head];
    long grain = grains[head];
    patterns[head] = null;
    head = (head + 1) & (CAPACITY - 1);
    size--;
    if (stroke == BAR_LINE) {
      sink.barLine(pattern, grain);
    } else {
      sink.strike(pattern, stroke, grain);
    }
  }

  /** Strokes of the same time stay as they came. */
  void add(long grain, Pattern pattern, int stroke) {
    int place = size++;
    while (place > 0 && grains[index(place - 1)] > grain) {
      int from = index(place - 1);
      int to = index(place);
      grains[to] = grains[from];
      patterns[to] = patterns[from];
      strokes[to] = strokes[from];
      place--;
    }
    int at = index(place);
    grains[at] = grain;
    patterns[at] = pattern;
    strokes[at] = stroke;
  }

  private int index(int place) {
    return (head + place) & (CAPACITY - 1);
  }
}
