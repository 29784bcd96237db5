package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.time.ClockSource.State;

/**
 * Keeps the song's clock in phase with the one whose tempo it follows: bends it whenever both would
 * run apart. Allocates nothing; all but the readings belong to the timing thread.
 *
 * <pre>
 *   source's place + offset - song's place = error --> goes so much faster for a while
 *                    |
 *                    +-- whole cycles; chosen anew, for the least error, when the source's place jumps
 * </pre>
 */
final class ClockSync {
  private static final double FASTER = 0.5;
  private static final long LONGEST_BEND_NANOS = 250_000_000;
  private static final long AHEAD_NANOS = 500_000_000;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final double EXACT_NANOS = 50_000;
  private static final double MIDI_NANOS = 200_000;
  private static final double FAR = 20;
  private static final double MEAN_NANOS = 10e9;
  private static final double MOST_GRAINS = 4 * Grid.GRAINS_PER_QUARTER;

  private final Clock clock;
  private ClockSource source;
  private boolean chosen;
  private double offset;
  private long jumps;
  private long steeredNanos;
  private long bentNanos;

  private volatile State state = State.FOLLOWING;
  private volatile double errorNanos;
  private volatile double meanNanos;

  ClockSync(Clock clock) {
    this.clock = clock;
  }

  /** Follows this from now on, or nothing (null). */
  void follow(ClockSource other) {
    source = other;
    chosen = false;
    state = other == null ? State.FOLLOWING : State.WAITING;
    errorNanos = 0;
    meanNanos = 0;
  }

  /** Whether a song that begins shall wait until it is in phase. */
  boolean isWaitedFor(long nowNanos) {
    return source != null
        && source.state(nowNanos) == State.FOLLOWING
        && source.cycleGrains() >= Grid.GRAINS_PER_QUARTER;
  }

  /** The earliest moment, from this one on, at which a song may begin. */
  long beginNanos(long earliest, long nowNanos) {
    return isWaitedFor(nowNanos) ? source.beginNanos(earliest) : earliest;
  }

  /** The next place from this one on at which every cycle begins. */
  long cycleFrom(double grain) {
    long cycle = source.cycleGrains();
    return (long) Math.ceil(grain / cycle) * cycle;
  }

  /**
   * Looks where the source is.
   *
   * @return whether the clock runs otherwise than before
   */
  boolean steer(long nowNanos) {
    if (source == null) {
      return false;
    }
    state = source.state(nowNanos);
    if (state != State.FOLLOWING) {
      return false;
    }
    double bpm = source.bpm();
    if (!clock.isRunning()) {
      chosen = false;
      boolean other = bpm != clock.bpm();
      if (other) {
        clock.tempo(bpm, nowNanos);
      }
      return other;
    }
    double error = error(nowNanos);
    note(error / bpm * 60e9 / Grid.GRAINS_PER_QUARTER, nowNanos);
    return isApart(bpm, nowNanos) && bend(bpm, error, nowNanos);
  }

  private double error(long nanos) {
    double error = source.placeAt(nanos) + offset - clock.placeAt(nanos);
    long cycle = source.cycleGrains();
    boolean far = Math.abs(error) > Math.max(cycle / 2.0, MOST_GRAINS);
    if (!chosen || jumps != source.jumps() || far) {
      chosen = true;
      jumps = source.jumps();
      double cycles = Math.rint(error / cycle) * cycle;
      offset -= cycles;
      error -= cycles;
    }
    return error;
  }

  private void note(double nanos, long nowNanos) {
    double part = Math.min(1, (nowNanos - steeredNanos) / MEAN_NANOS);
    steeredNanos = nowNanos;
    errorNanos = nanos;
    meanNanos += (nanos - meanNanos) * part;
  }

  /** Whether they will be apart, when what is bent already has become straight. */
  private boolean isApart(double bpm, long nowNanos) {
    double grainsPerNano = bpm * Grid.GRAINS_PER_QUARTER / 60e9;
    double most = (source.kind() == ClockSource.Kind.MIDI ? MIDI_NANOS : EXACT_NANOS);
    long straight = Math.max(nowNanos, clock.bendEndNanos());
    double there = apart(straight) / grainsPerNano;
    double later = apart(straight + AHEAD_NANOS) / grainsPerNano;
    double worst = Math.max(Math.abs(there), Math.abs(later));
    return worst > most && (nowNanos - bentNanos >= PAUSE_NANOS || worst > FAR * most);
  }

  private double apart(long nanos) {
    return source.placeAt(nanos) + offset - clock.placeAt(nanos);
  }

  private boolean bend(double bpm, double error, long nowNanos) {
    double grainsPerNano = bpm * Grid.GRAINS_PER_QUARTER / 60e9;
    double shortest = Math.min(LONGEST_BEND_NANOS, 30e9 / bpm);
    long nanos = (long) Math.max(shortest, Math.abs(error) / (FASTER * grainsPerNano));
    clock.catchUp(bpm, error, nanos, nowNanos);
    bentNanos = nowNanos;
    return true;
  }

  State state() {
    return state;
  }

  /** By how much the song is behind the source; negative: ahead. */
  double errorNanos() {
    return errorNanos;
  }

  /** The same, over the last ten seconds or so. */
  double meanNanos() {
    return meanNanos;
  }
}
