package org.latentspace.midi.played;

import java.util.concurrent.atomic.AtomicLong;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.time.PlaybackListener;

/**
 * A bounded queue from the timing thread to the recorder; one writes, one reads, neither waits,
 * nothing is allocated. What does not fit is counted, and the reader is told that bars are missing.
 */
public final class PlayedRing implements PlaybackListener {
  static final int CAPACITY = 4096;

  private static final byte OWN = 0;
  private static final byte BAR_LINE = 1;
  private static final byte HALT = 2;
  private static final byte HALT_AT_BAR_LINE = 3;

  private final byte[] kind = new byte[CAPACITY];
  private final Pattern[] owner = new Pattern[CAPACITY];
  private final long[] bar = new long[CAPACITY];
  private final int[] step = new int[CAPACITY];
  private final double[] bpm = new double[CAPACITY];
  private final long[] nanos = new long[CAPACITY];
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong read = new AtomicLong();

  // Written and read by the timing thread alone.
  private boolean gap;
  private long refused;

  private volatile boolean on;
  private volatile long lost;

  /** Begins to take, or stops, which is like an end of the music. On the timing thread. */
  public void take(boolean whether) {
    if (on && !whether) {
      halt(false);
    }
    on = whether;
  }

  public boolean isOn() {
    return on;
  }

  @Override
  public void own(Pattern whose, long inBar, int from, double tempo) {
    if (on) {
      put(OWN, whose, inBar, from, tempo);
    }
  }

  @Override
  public void barLine(long which) {
    if (on) {
      put(BAR_LINE, null, which, 0, 0);
    }
  }

  @Override
  public void halt(boolean wholeBar) {
    if (on) {
      put(wholeBar ? HALT_AT_BAR_LINE : HALT, null, 0, 0, 0);
    }
  }

  private void put(byte what, Pattern whose, long inBar, int from, double tempo) {
    // After a gap the reader must first hear of it.
    long room = CAPACITY - (written.get() - read.get());
    if (room < (gap ? 2 : 1)) {
      gap = true;
      lost = ++refused;
      return;
    }
    if (gap) {
      gap = false;
      write(HALT, null, 0, 0, 0);
    }
    write(what, whose, inBar, from, tempo);
  }

  private void write(byte what, Pattern whose, long inBar, int from, double tempo) {
    long next = written.get();
    int place = (int) next & (CAPACITY - 1);
    kind[place] = what;
    owner[place] = whose;
    bar[place] = inBar;
    step[place] = from;
    bpm[place] = tempo;
    nanos[place] = System.nanoTime();
    written.lazySet(next + 1);
  }

  /** Bar lines, take-overs and stops that found no room. */
  public long lost() {
    return lost;
  }

  /** Gives the reader all pending events; called by the one reader. */
  public void drain(PlayedLoops loops) {
    for (long next = read.get(); next < written.get(); next++) {
      int place = (int) next & (CAPACITY - 1);
      switch (kind[place]) {
        case OWN -> loops.own(owner[place], bar[place], step[place], bpm[place], nanos[place]);
        case BAR_LINE -> loops.barLine(bar[place]);
        default -> loops.halt(kind[place] == HALT_AT_BAR_LINE);
      }
      owner[place] = null;
      read.lazySet(next + 1);
    }
  }

  /**
   * How the recording goes.
   *
   * @param on whether played loops are recorded
   * @param recorded records that are on disk, since the start
   * @param lost records that could not be kept, and moments for which the recorder was too slow
   * @param waiting records on disk that the log has not taken yet
   * @param status "ok", or what is missing
   */
  public record RecordingState(boolean on, long recorded, long lost, long waiting, String status) {}
}
