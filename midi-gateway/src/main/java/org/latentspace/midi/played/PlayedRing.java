package org.latentspace.midi.played;

import java.util.concurrent.atomic.AtomicLong;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.time.PlaybackListener;

/**
 * A bounded queue from the timing thread to the recorder; one writes, one reads, neither waits,
 * nothing is allocated. It always takes, and knows of each event whether loops are recorded then.
 * What does not fit is counted, and the reader is told that bars are missing.
 */
public final class PlayedRing implements PlaybackListener {
  static final int CAPACITY = 8192;

  private static final byte OWN = 0;
  private static final byte BAR_LINE = 1;
  private static final byte HALT = 2;
  private static final byte HALT_AT_BAR_LINE = 3;
  private static final byte STRUCK = 4;
  private static final byte OFF = 5;

  private final byte[] kind = new byte[CAPACITY];
  private final boolean[] recorded = new boolean[CAPACITY];
  private final Pattern[] owner = new Pattern[CAPACITY];
  private final long[] bar = new long[CAPACITY];
  private final long[] grain = new long[CAPACITY];
  private final int[] step = new int[CAPACITY];
  private final double[] bpm = new double[CAPACITY];
  private final long[] nanos = new long[CAPACITY];
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong read = new AtomicLong();

  // Written and read by the timing thread alone.
  private boolean gap;
  private long refused;

  // Of the reader: whether the event before was recorded.
  private boolean recording;

  private volatile boolean on;
  private volatile long lost;

  /** Loops are recorded from now on, or no more, which ends them. On the timing thread. */
  public void record(boolean whether) {
    boolean ends = on && !whether;
    on = whether;
    if (ends) {
      put(OFF, null, 0, 0, 0, 0);
    }
  }

  public boolean isOn() {
    return on;
  }

  @Override
  public void own(Pattern whose, long inBar, int from, double tempo) {
    put(OWN, whose, inBar, 0, from, tempo);
  }

  @Override
  public void barLine(long which, long atGrain) {
    put(BAR_LINE, null, which, atGrain, 0, 0);
  }

  @Override
  public void struck(Pattern pattern, int stroke, long atGrain) {
    put(STRUCK, pattern, 0, atGrain, stroke, 0);
  }

  @Override
  public void halt(boolean wholeBar) {
    put(wholeBar ? HALT_AT_BAR_LINE : HALT, null, 0, 0, 0, 0);
  }

  private void put(byte what, Pattern whose, long inBar, long atGrain, int from, double tempo) {
    // After a gap the reader must first hear of it.
    long room = CAPACITY - (written.get() - read.get());
    if (room < (gap ? 2 : 1)) {
      gap = true;
      refused += on ? 1 : 0;
      lost = refused;
      return;
    }
    if (gap) {
      gap = false;
      write(HALT, null, 0, 0, 0, 0);
    }
    write(what, whose, inBar, atGrain, from, tempo);
  }

  private void write(byte what, Pattern whose, long inBar, long atGrain, int from, double tempo) {
    long next = written.get();
    int place = (int) next & (CAPACITY - 1);
    kind[place] = what;
    recorded[place] = on;
    owner[place] = whose;
    bar[place] = inBar;
    grain[place] = atGrain;
    step[place] = from;
    bpm[place] = tempo;
    nanos[place] = System.nanoTime();
    written.lazySet(next + 1);
  }

  /** What found no room while loops were recorded. */
  public long lost() {
    return lost;
  }

  /**
   * Gives the readers all pending events; called by one thread.
   *
   * @param loops is given what is recorded
   * @param bars is given everything
   */
  public void drain(PlayedLoops loops, StruckBars bars) {
    for (long next = read.get(); next < written.get(); next++) {
      int place = (int) next & (CAPACITY - 1);
      if (recorded[place]) {
        tell(place, loops);
      } else if (recording) {
        loops.halt(false);
      }
      recording = recorded[place];
      tell(place, bars);
      owner[place] = null;
      read.lazySet(next + 1);
    }
  }

  private void tell(int place, PlayedLoops loops) {
    switch (kind[place]) {
      case OWN -> loops.own(owner[place], bar[place], step[place], bpm[place], nanos[place]);
      case BAR_LINE -> loops.barLine(bar[place]);
      case HALT, HALT_AT_BAR_LINE -> loops.halt(kind[place] == HALT_AT_BAR_LINE);
      default -> {}
    }
  }

  private void tell(int place, StruckBars bars) {
    switch (kind[place]) {
      case OWN -> bars.own(owner[place], bar[place], step[place], bpm[place], nanos[place]);
      case BAR_LINE -> bars.barLine(bar[place], grain[place], nanos[place]);
      case STRUCK -> bars.struck(owner[place], step[place], grain[place]);
      case HALT, HALT_AT_BAR_LINE -> bars.halt(kind[place] == HALT_AT_BAR_LINE);
      default -> {}
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
