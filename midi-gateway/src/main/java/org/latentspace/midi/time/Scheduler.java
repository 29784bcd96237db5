package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.time.Transport.TakeOver;

/**
 * Decides which strokes are due: a function of the calls made to it, without thread, wall clock or
 * allocation. All times are grains of the song (see {@link Grid}).
 *
 * <p>A stroke belongs to its cell, and a cell to one pattern. A cell is <em>opened</em> half a step
 * before its grid line, the earliest moment at which one of its strokes can be due (offset -1); at
 * that moment it is decided which pattern owns it, and all its strokes are queued. So at a
 * take-over no stroke is lost or doubled, and an early stroke of a bar's first cell comes from the
 * pattern that plays the bar.
 *
 * <pre>
 *            bar line
 *   --|---------|---------|--     grid lines
 *        ^ open      ^ open       the cell's strokes lie between its opening and the next
 * </pre>
 *
 * A pattern on another grid takes over at a bar line whatever the setting; if its steps are the
 * longer ones, the old bar's remaining cells are opened together with its first.
 */
public final class Scheduler {
  /** Nothing is due until something is handed over. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Told who owns the cells; called when they are opened, before their strokes are due. */
  interface Owners {
    /** From this step of this bar on, up to the next call, cells belong to this pattern. */
    void own(Pattern owner, long bar, int step);
  }

  private final Owners owners;
  private final DueStrokes due = new DueStrokes();

  private TakeOver takeOver;
  private float shuffle;
  private Pattern current;
  private Pattern owner;
  private Pattern pending;
  private long pendingSince;
  private long takeOvers;

  // The next cell to open.
  private long bar;
  private long barStart;
  private long beginGrain;
  private int step;

  private long now;
  private boolean finishing;
  private boolean allOpened;

  /** Nobody is told who owns the cells. */
  public Scheduler(TakeOver takeOver, float shuffle) {
    this(takeOver, shuffle, (owner, bar, step) -> {});
  }

  /**
   * @param shuffle 0..1
   * @param owners called at the first cell of every bar and wherever the pattern changes
   */
  Scheduler(TakeOver takeOver, float shuffle, Owners owners) {
    this.owners = owners;
    this.takeOver = takeOver;
    this.shuffle = shuffle;
  }

  /** Begins the song at grain 0 with this pattern. */
  public void begin(Pattern first) {
    begin(first, 0);
  }

  /**
   * Begins at the first cell from this place on; early strokes of it fall on the place.
   *
   * @return the bar whose line comes first
   */
  long begin(Pattern first, long grain) {
    Grid grid = first.grid();
    current = first;
    owner = null;
    pending = null;
    due.clear();
    beginGrain = grain;
    long cell = (grain + grid.stepGrains() - 1) / grid.stepGrains();
    bar = cell / grid.stepsPerSongBar();
    barStart = bar * grid.barGrains();
    step = (int) (cell % grid.stepsPerSongBar());
    now = grain;
    takeOvers++;
    finishing = false;
    allOpened = false;
    long lineBar = step == 0 ? bar : bar + 1;
    openCell();
    return lineBar;
  }

  /** Goes on as another one would from now on. */
  void begin(Scheduler other) {
    due.begin(other.due);
    takeOver = other.takeOver;
    shuffle = other.shuffle;
    current = other.current;
    owner = other.owner;
    pending = other.pending;
    pendingSince = other.pendingSince;
    beginGrain = other.beginGrain;
    bar = other.bar;
    barStart = other.barStart;
    step = other.step;
    now = other.now;
    finishing = other.finishing;
    allOpened = other.allOpened;
  }

  /**
   * Hands over the newest pattern; it replaces one that has not taken over yet.
   *
   * @param grain where the song is now
   */
  public void pend(Pattern newest, long grain) {
    pending = newest;
    pendingSince = Math.max(grain, now);
  }

  /** From the next cell that is opened on: where patterns take over, and a shuffle of 0..1. */
  public void play(TakeOver line, float amount) {
    takeOver = line;
    shuffle = amount;
  }

  /** Plays to the end of the bar that has been begun, and no further. */
  public void finishAtBarLine() {
    finishing = true;
    allOpened |= step == 0;
  }

  /** Whether the last bar is over after {@link #finishAtBarLine}. */
  public boolean finished() {
    return allOpened && due.isEmpty() && now >= barStart;
  }

  /** The next grain at which {@link #advance} has something to do, or {@link #NEVER}. */
  public long next() {
    if (current == null) {
      return NEVER;
    }
    long stroke = nextStroke();
    if (allOpened) {
      return !due.isEmpty() || now >= barStart ? stroke : barStart;
    }
    return Math.min(nextOpening(), stroke);
  }

  /** Strikes everything that is due at or before this grain, in the order of time. */
  public void advance(long grain, StrokeSink sink) {
    if (current == null) {
      return;
    }
    while (true) {
      long stroke = nextStroke();
      long opening = allOpened ? NEVER : nextOpening();
      if (Math.min(stroke, opening) > grain) {
        break;
      }
      if (opening <= stroke) {
        now = Math.max(now, opening);
        open();
      } else {
        now = Math.max(now, stroke);
        due.strikeNext(sink);
      }
    }
    now = Math.max(now, grain);
  }

  private long nextOpening() {
    Grid grid = current.grid();
    long cell = barStart + step * grid.stepGrains() - grid.halfStepGrains();
    return coarserIsWaiting() ? Math.min(cell, coarserOpening()) : cell;
  }

  /** Comes in at another's next bar line, with a pattern on the same grid; returns the bar. */
  long beginAt(Scheduler other) {
    bar = other.nextBar();
    barStart = other.nextLine();
    now = other.now;
    due.clear();
    step = 0;
    return bar;
  }

  /** The next bar line; there a pattern on another grid may take over. */
  long nextLine() {
    return step == 0 ? barStart : barStart + current.grid().barGrains();
  }

  /** The number of the bar that begins there. */
  long nextBar() {
    return step == 0 ? bar : bar + 1;
  }

  private long coarserOpening() {
    return nextLine() - pending.grid().halfStepGrains();
  }

  private boolean coarserIsWaiting() {
    return pending != null
        && !finishing
        && pending.grid().halfStepGrains() > current.grid().halfStepGrains()
        && pendingSince <= coarserOpening();
  }

  private void open() {
    if (coarserIsWaiting() && coarserOpening() <= now) {
      while (step != 0) {
        openCell();
      }
      takeOver();
    } else if (pending != null && mayTakeOver()) {
      takeOver();
    }
    openCell();
  }

  private boolean mayTakeOver() {
    if (!pending.grid().equals(current.grid())) {
      return step == 0 && barStart - pending.grid().halfStepGrains() >= now;
    }
    return switch (takeOver) {
      case CELL -> true;
      case BEAT -> step % current.grid().stepsPerSongBeat() == 0;
      case BAR -> step == 0;
    };
  }

  private void takeOver() {
    current = pending;
    pending = null;
    takeOvers++;
  }

  private void openCell() {
    Grid grid = current.grid();
    int loopStep = grid.loopStep(bar, step);
    long line = step * grid.stepGrains();
    if (step == 0) {
      due.add(barStart, current, DueStrokes.BAR_LINE);
    }
    if (step == 0 || owner != current) {
      owner = current;
      owners.own(current, bar, step);
    }
    int end = current.first(loopStep + 1);
    for (int stroke = current.first(loopStep); stroke < end; stroke++) {
      long intoBar = Shuffle.sounding(shuffle, line + current.offset(stroke), grid.beatGrains());
      due.add(Math.max(beginGrain, barStart + intoBar), current, stroke);
    }
    step++;
    if (step == grid.stepsPerSongBar()) {
      step = 0;
      bar++;
      barStart += grid.barGrains();
      allOpened = finishing;
    }
  }

  /** The pattern that owns the newest cell, or null before the song. */
  public Pattern current() {
    return current;
  }

  /** The pattern that will take over, or else plays, or null. */
  Pattern newest() {
    return pending == null ? current : pending;
  }

  /** Patterns that have begun to play, the first included. */
  public long takeOvers() {
    return takeOvers;
  }

  /** How far the song has been played. */
  public long now() {
    return now;
  }

  /** When the next queued stroke is due, or {@link #NEVER}; one that is not opened is not known. */
  public long nextStroke() {
    return due.next();
  }
}
