package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.time.ClockSource.State;

/**
 * Follows a MIDI clock, 24 pulses to a quarter note: where its song is at a time, smoothed, and
 * when it will be at a place. Knows no port and no thread; time is an argument. Allocates nothing.
 *
 * <pre>
 *   pulse --> late by e against the line --> phase += alpha e, period += beta e
 *                    |                        alpha = 2 (2n - 1) / (n (n + 1)), beta = 6 / (n (n + 1))
 *                    +--> too late too often: n begins anew, with the last few pulses alone
 * </pre>
 *
 * With these gains the loop of second order is the line of least squares through the last n pulses
 * (the growing-memory filter of Brookner, Tracking and Kalman Filtering Made Easy, 1998, 1.2.10); n
 * grows to a beat and stays there, so that old pulses fade.
 *
 * <p>Pulses that stay away are counted as if they had come, as long as the next ones are where they
 * would be. The line bends at each pulse, so a place may come back by a fraction of a millisecond.
 */
public final class MidiClockFollower {
  public static final int PULSES_PER_QUARTER = 24;

  static final long GRAINS_PER_PULSE = Grid.GRAINS_PER_QUARTER / PULSES_PER_QUARTER;
  private static final int PULSES_PER_SIXTEENTH = 6;
  private static final double NANOS_PER_PULSE_AT_1_BPM = 60e9 / PULSES_PER_QUARTER;
  private static final long LOST_NANOS = 500_000_000;
  private static final int MEMORY = PULSES_PER_QUARTER;

  /** So many periods without a pulse: some were lost, when that many pulses tell the period. */
  private static final double GAP_PERIODS = 1.7;

  private static final double JITTER_NANOS = 3e6;
  private static final int KNOWN = 8;
  private static final int GAPS_OF_A_TEMPO = 3;

  /** A tempo that changes so soon after that says that no pulse was lost. */
  private static final int DOUBT_PULSES = 6;

  /** So many pulses that are on average later, or earlier, than that are of another tempo. */
  private static final double[] LATE_NANOS = {
    1e9, 6e6, 4.6e6, 3.8e6, 3.2e6, 2.8e6, 2.5e6, 2.2e6,
  };

  private static final int STEP_PULSES = 3;
  private static final int CREEP_PULSES = LATE_NANOS.length;

  private final long[] lastPulses = new long[CREEP_PULSES];
  private final double[] lastErrors = new double[CREEP_PULSES];
  private long came;

  // The line: at these nanos it is the pulse with that number.
  private long pulse;
  private double pulseNanos;
  private double period;
  private int memory;
  private long missing;
  private int sinceGap;
  private int gapsInARow;
  private int errors;

  private boolean playing;
  private boolean pending;
  private long held;
  private long origin;

  /**
   * @param bpm 20..300: the tempo until two pulses have come
   */
  public MidiClockFollower(double bpm) {
    period = NANOS_PER_PULSE_AT_1_BPM / bpm;
  }

  /** A pulse (0xF8) has come. */
  public void pulse(long nanos) {
    boolean first = came == 0;
    boolean lost = state(nanos) == State.LOST;
    double interval = first ? period : nanos - last();
    lastPulses[(int) (came++ % CREEP_PULSES)] = nanos;
    double periods = (nanos - pulseNanos) / period;
    boolean away = periods > GAP_PERIODS && interval > GAP_PERIODS * period - JITTER_NANOS;
    sinceGap++;
    if (first || lost) {
      pulse += first ? 0 : Math.max(1, Math.round(periods));
      missing = 0;
      restart(1);
    } else if (away && memory >= KNOWN) {
      gap(Math.round(periods) - 1);
    } else {
      pulse++;
      double error = nanos - (pulseNanos + period);
      step(nanos);
      watch(error);
    }
    if (pending) {
      pending = false;
      origin = pulse - held;
    }
  }

  /** Pulses were lost; but when it goes on like that, it is the tempo that is slower. */
  private void gap(long away) {
    missing = away + (sinceGap <= DOUBT_PULSES ? missing : 0);
    gapsInARow = sinceGap == 1 ? gapsInARow + 1 : 1;
    sinceGap = 0;
    pulse += 1 + away;
    pulseNanos += (1 + away) * period;
    if (gapsInARow == GAPS_OF_A_TEMPO) {
      restart(STEP_PULSES);
    }
  }

  private void step(long nanos) {
    memory = Math.min(memory + 1, MEMORY);
    double n = memory;
    double error = nanos - (pulseNanos + period);
    pulseNanos += period + error * 2 * (2 * n - 1) / (n * (n + 1));
    period += memory == 1 ? 0 : error * 6 / (n * (n + 1));
    period = clamped(period);
  }

  private static double clamped(double period) {
    double shortest = NANOS_PER_PULSE_AT_1_BPM / Clock.FASTEST_BPM;
    double longest = NANOS_PER_PULSE_AT_1_BPM / Clock.SLOWEST_BPM;
    return Math.max(shortest, Math.min(longest, period));
  }

  /** Begins anew when the pulses are elsewhere than jitter puts them. */
  private void watch(double error) {
    lastErrors[errors++ % CREEP_PULSES] = error;
    double sum = 0;
    for (int back = 1; back <= Math.min(errors, CREEP_PULSES); back++) {
      sum += lastErrors[(errors - back) % CREEP_PULSES];
      if (Math.abs(sum) > back * LATE_NANOS[back - 1]) {
        restart(Math.max(STEP_PULSES, back));
        return;
      }
    }
  }

  /** The line through the last few pulses alone, of which the last has the present number. */
  private void restart(int pulses) {
    int known = (int) Math.min(pulses, came);
    if (sinceGap <= DOUBT_PULSES) {
      pulse -= missing;
    }
    missing = 0;
    memory = 0;
    errors = 0;
    for (int i = known; i > 0; i--) {
      step(lastPulses[(int) ((came - i) % CREEP_PULSES)]);
    }
  }

  /** Start (0xFA): the next pulse is the song's first. */
  public void start() {
    held = 0;
    proceed();
  }

  /** Continue (0xFB): the next pulse is the one where the song was held. */
  public void proceed() {
    playing = true;
    pending = true;
  }

  /** Stop (0xFC): the song is held before the next pulse. */
  public void stop() {
    if (playing && !pending) {
      held = pulse - origin + 1;
    }
    playing = false;
    pending = false;
  }

  /**
   * Song position (0xF2): the next pulse, or the one after a continue, is there.
   *
   * @param sixteenths 0..16383 sixteenth notes from the song's beginning
   */
  public void songPosition(int sixteenths) {
    held = (long) sixteenths * PULSES_PER_SIXTEENTH;
    pending = playing;
  }

  /** What is known of the clock at a time. */
  public State state(long nanos) {
    if (came == 0) {
      return State.WAITING;
    }
    return nanos - last() > LOST_NANOS ? State.LOST : State.FOLLOWING;
  }

  private long last() {
    return lastPulses[(int) ((came - 1) % CREEP_PULSES)];
  }

  /** Whether the song moves: it was started, and a pulse has come since. */
  public boolean isPlaying() {
    return playing && !pending;
  }

  /** 20..300 quarter notes a minute. */
  public double bpm() {
    return NANOS_PER_PULSE_AT_1_BPM / period;
  }

  /** Where the pulses are, counted from the song's beginning if it moves, else from anywhere. */
  double placeAt(long nanos) {
    double pulses = pulse - (isPlaying() ? origin : 0) + (nanos - pulseNanos) / period;
    return pulses * GRAINS_PER_PULSE;
  }

  /** When the newest pulse was, smoothed. */
  long pulseNanos() {
    return Math.round(pulseNanos);
  }

  /** Where the song is; where it is held while it does not move. */
  public long grainAt(long nanos) {
    if (!isPlaying()) {
      return held * GRAINS_PER_PULSE;
    }
    return (long) Math.floor(placeAt(nanos));
  }

  /**
   * When the song will have come there at the present tempo, if it moves; {@link #grainAt} of that
   * moment is never earlier than the place.
   */
  public long nanosAt(long grain) {
    double pulses = (double) grain / GRAINS_PER_PULSE - (pulse - origin);
    return (long) Math.ceil(pulseNanos + pulses * period) + 1;
  }
}
