package org.latentspace.midi.time;

import java.util.concurrent.atomic.LongAdder;
import org.latentspace.midi.rhythm.Pattern;
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

  private final long[] leave = new long[CAPACITY];
  private final long[] strike = new long[CAPACITY];
  private final long[] grain = new long[CAPACITY];
  private final int[] noteOn = new int[CAPACITY];
  // Null for a bar line, which stands among the strokes so that it comes in the order of time.
  private final Striker[] striker = new Striker[CAPACITY];
  // What the stroke or the bar line is of.
  private final Pattern[] pattern = new Pattern[CAPACITY];
  private final int[] stroke = new int[CAPACITY];
  private final Ensemble[] ensemble = new Ensemble[CAPACITY];

  // The first size entries are planned, in the order in which they leave; the rest are free.
  private final int[] order = new int[CAPACITY];
  private final int[] again = new int[CAPACITY];
  private int size;

  private boolean offline;
  private final LongAdder overflowed = new LongAdder();

  StrokePlan() {
    for (int i = 0; i < CAPACITY; i++) {
      order[i] = i;
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
  void strike(Ensemble of, Striker by, Pattern from, int strokeOfIt, long atGrain, long nowNanos) {
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

  /** A bar begins; {@link Ensemble#reachBarLine} is called when it does. */
  void barLine(Ensemble of, Pattern begun, long atGrain, long nowNanos) {
    if (size == CAPACITY) {
      overflowed.increment();
      return;
    }
    int entry = entry(of, atGrain);
    pattern[entry] = begun;
    place(entry, nowNanos);
  }

  private int entry(Ensemble of, long atGrain) {
    int entry = order[size];
    ensemble[entry] = of;
    grain[entry] = atGrain;
    return entry;
  }

  /** Finds its times, and its place among the others; it is the first of the free entries. */
  private void place(int entry, long nowNanos) {
    Striker by = striker[entry];
    long latency = by == null || offline ? 0 : by.latencyNanos(noteOn[entry]);
    leave[entry] = Math.max(ensemble[entry].nanosAt(grain[entry]) - latency, nowNanos);
    strike[entry] = leave[entry] + latency;
    size++;
    if (by != null && isTooClose(entry, by.robot())) {
      by.robot().history().dropTooClose();
      free(size - 1);
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
    StrokeHistory history = robot.history();
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
        history.dropTooClose();
        free(i);
      }
    }
    return false;
  }

  private boolean isClose(int entry, int other, StrokeHistory of, long interval) {
    return striker[other] != null
        && striker[other].robot().history() == of
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
    ensemble[entry] = null;
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
    Ensemble of = ensemble[entry];
    Striker by = striker[entry];
    long leaves = leave[entry];
    Pattern from = pattern[entry];
    if (by == null) {
      free(0);
      of.reachBarLine(from, grain[entry]);
      return;
    }
    long sounds = strike[entry];
    free(0);
    Robot robot = by.robot();
    if (of.isSilent() || robot.isSilent()) {
      robot.history().dropMuted();
    } else if (robot.history().isOverDuty(leaves, robot.limits().perNanos())) {
      robot.history().dropOverDuty();
    } else {
      outputs.strike(leaves, grain[entry], noteOn[entry], robot);
      robot.history().leave(leaves, sounds);
      of.struck(from, stroke[entry], grain[entry]);
    }
  }

  /** The clock runs otherwise than before: finds all times anew. */
  void retime(long nowNanos) {
    int count = size;
    for (int i = 0; i < count; i++) {
      int entry = order[i];
      strike[entry] = ensemble[entry].nanosAt(grain[entry]);
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
