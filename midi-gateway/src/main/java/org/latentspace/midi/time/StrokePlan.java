package org.latentspace.midi.time;

import java.util.concurrent.atomic.LongAdder;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.robot.DropReason;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.Striker;
import org.latentspace.midi.robot.StrokeHistory;

/**
 * The strokes that are known and have not left: a function of the calls made to it, without thread,
 * wall clock or allocation.
 *
 * <pre>
 *   strike (by the song)  - latency of the robot, voice, velocity  = leave
 *
 *        leave        leave     strike    strike
 *   -------|------------|---------|---------|------->
 *          '---------------------'                      a slow robot's message goes first
 *                       '-------------------'
 * </pre>
 *
 * Of two strokes of a robot that would leave or sound closer than it can, the louder stays, of
 * equally loud ones the earlier; one that has left stays in any case. The other is dropped and
 * counted, and does not come back if the louder one is dropped in its turn. What comes too late
 * leaves at once. Strokes that leave together leave by priority, then as they came.
 */
final class StrokePlan {
  private static final int CAPACITY = 8192;

  // The clock's rounding: a stroke that is due now must not wait for the next turn.
  private static final long ROUNDING_NANOS = 2;

  private final boolean preview;
  private final long[] leave = new long[CAPACITY];
  private final long[] strike = new long[CAPACITY];
  private final long[] grain = new long[CAPACITY];
  private final int[] noteOn = new int[CAPACITY];
  // Null for a bar line, which stands among the strokes so that it comes in the order of time.
  private final Striker[] striker = new Striker[CAPACITY];
  // What the stroke or the bar line is of.
  private final Pattern[] pattern = new Pattern[CAPACITY];
  private final int[] stroke = new int[CAPACITY];
  private final StrokeOwner[] owner = new StrokeOwner[CAPACITY];

  // The first size entries are planned, in the order in which they leave; the rest are free.
  private final int[] order = new int[CAPACITY];
  private final int[] again = new int[CAPACITY];
  private int size;

  private boolean offline;
  private final LongAdder overflowed = new LongAdder();

  /**
   * Of no strokes yet.
   *
   * @param preview by the previews of the robots' histories, and not by themselves
   */
  StrokePlan(boolean preview) {
    this.preview = preview;
    for (int i = 0; i < CAPACITY; i++) {
      order[i] = i;
    }
  }

  private StrokeHistory history(Robot robot) {
    return preview ? robot.history().preview() : robot.history();
  }

  /** Goes on from the strokes of another plan that are of one owner, as those of another. */
  void begin(StrokePlan from, StrokeOwner whose, StrokeOwner as) {
    begin(from.offline);
    for (int i = 0; i < from.size; i++) {
      int entry = from.order[i];
      if (from.owner[entry] == whose && from.striker[entry] != null) {
        int own = entry(as, from.grain[entry]);
        leave[own] = from.leave[entry];
        strike[own] = from.strike[entry];
        noteOn[own] = from.noteOn[entry];
        pattern[own] = from.pattern[entry];
        stroke[own] = from.stroke[entry];
        striker[own] = from.striker[entry];
        size++;
      }
    }
  }

  /**
   * Forgets all strokes.
   *
   * @param inSoundTime devices are silent and files are written: everything leaves as it is struck
   */
  void begin(boolean inSoundTime) {
    offline = inSoundTime;
    while (size > 0) {
      free(size - 1);
    }
  }

  /** A stroke of a robot; it stays, or is dropped and counted. */
  void strike(
      StrokeOwner of, Striker by, Pattern from, int strokeOfIt, long atGrain, long nowNanos) {
    if (size == CAPACITY) {
      overflowed.increment();
      return;
    }
    int entry = entry(of, atGrain);
    striker[entry] = by;
    pattern[entry] = from;
    stroke[entry] = strokeOfIt;
    noteOn[entry] = by.noteOn(from.velocity(strokeOfIt));
    place(entry, nowNanos);
  }

  /** A bar begins; {@link StrokeOwner#reachBarLine} is called when it does. */
  void barLine(StrokeOwner of, Pattern begun, long atGrain, long nowNanos) {
    if (size == CAPACITY) {
      overflowed.increment();
      return;
    }
    int entry = entry(of, atGrain);
    pattern[entry] = begun;
    place(entry, nowNanos);
  }

  private int entry(StrokeOwner of, long atGrain) {
    int entry = order[size];
    owner[entry] = of;
    grain[entry] = atGrain;
    return entry;
  }

  /** Finds its times, and its place among the others; it is the first of the free entries. */
  private void place(int entry, long nowNanos) {
    Striker by = striker[entry];
    long latency = by == null || offline ? 0 : by.latencyNanos(noteOn[entry]);
    leave[entry] = Math.max(owner[entry].nanosAt(grain[entry]) - latency, nowNanos);
    strike[entry] = leave[entry] + latency;
    size++;
    if (by != null && isTooClose(entry, by.robot())) {
      drop(size - 1, DropReason.TOO_CLOSE);
      return;
    }
    int at = size - 1;
    while (at > 0 && leavesBefore(entry, order[at - 1])) {
      order[at] = order[at - 1];
      at--;
    }
    order[at] = entry;
  }

  private boolean leavesBefore(int one, int other) {
    return leave[one] < leave[other]
        || (leave[one] == leave[other] && priority(one) > priority(other));
  }

  private int priority(int entry) {
    return striker[entry] == null ? 0 : striker[entry].robot().priority();
  }

  /** Drops the softer ones that are too close to it, unless one of them is not softer. */
  private boolean isTooClose(int entry, Robot robot) {
    long interval = robot.limits().intervalNanos();
    StrokeHistory history = history(robot);
    if (interval == 0) {
      return false;
    }
    if (history.isCloser(leave[entry], strike[entry], interval)) {
      return true;
    }
    for (int i = 0; i < size - 1; i++) {
      int other = order[i];
      if (isClose(entry, other, history, interval) && velocity(other) >= velocity(entry)) {
        return true;
      }
    }
    for (int i = size - 2; i >= 0; i--) {
      if (isClose(entry, order[i], history, interval)) {
        drop(i, DropReason.TOO_CLOSE);
      }
    }
    return false;
  }

  private boolean isClose(int entry, int other, StrokeHistory of, long interval) {
    return striker[other] != null
        && history(striker[other].robot()) == of
        && (Math.abs(leave[other] - leave[entry]) < interval
            || Math.abs(strike[other] - strike[entry]) < interval);
  }

  private int velocity(int entry) {
    return noteOn[entry] & 0x7f;
  }

  /** Gives the entry at a place of the order back. */
  private void free(int place) {
    int entry = order[place];
    System.arraycopy(order, place + 1, order, place, size - place - 1);
    order[--size] = entry;
    striker[entry] = null;
    pattern[entry] = null;
    owner[entry] = null;
  }

  /** When the next one leaves, or {@link Scheduler#NEVER}. */
  long next() {
    return size == 0 ? Scheduler.NEVER : leave[order[0]];
  }

  boolean isDue(long nowNanos) {
    return size > 0 && leave[order[0]] <= nowNanos + ROUNDING_NANOS;
  }

  /** Lets the next one leave; or it is a bar line, or beyond its robot's duty, or silent. */
  void leaveNext(Outputs outputs) {
    int entry = order[0];
    StrokeOwner of = owner[entry];
    Striker by = striker[entry];
    long leaves = leave[entry];
    Pattern from = pattern[entry];
    if (by == null) {
      free(0);
      of.reachBarLine(from, grain[entry]);
      return;
    }
    long sounds = strike[entry];
    long heard = grain[entry];
    int message = noteOn[entry];
    Robot robot = by.robot();
    StrokeHistory history = history(robot);
    if (of.isSilent() || robot.isSilent()) {
      drop(0, DropReason.MUTED);
    } else if (history.isOverDuty(leaves, robot.limits().perNanos())) {
      drop(0, DropReason.OVER_DUTY);
    } else {
      int which = stroke[entry];
      free(0);
      outputs.strike(leaves, heard, message, robot);
      history.leave(leaves, sounds);
      of.struck(by, from, which, heard);
    }
  }

  /** Counts, tells and frees the entry at a place of the order. */
  private void drop(int place, DropReason why) {
    int entry = order[place];
    Striker by = striker[entry];
    StrokeOwner of = owner[entry];
    history(by.robot()).drop(why);
    free(place);
    of.dropped(by, noteOn[entry], grain[entry], why);
  }

  /** The clock runs otherwise than before: finds all times anew. */
  void retime(long nowNanos) {
    int count = size;
    for (int i = 0; i < count; i++) {
      int entry = order[i];
      strike[entry] = owner[entry].nanosAt(grain[entry]);
      int at = i;
      while (at > 0 && strike[again[at - 1]] > strike[entry]) {
        again[at] = again[at - 1];
        at--;
      }
      again[at] = entry;
    }
    size = 0;
    for (int i = 0; i < count; i++) {
      // The entry to be placed next must be the first of the free ones.
      int at = size;
      while (order[at] != again[i]) {
        at++;
      }
      order[at] = order[size];
      order[size] = again[i];
      place(again[i], nowNanos);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Strokes that found no room; the bound is far beyond what robots can do. */
  long overflowed() {
    return overflowed.sum();
  }
}
