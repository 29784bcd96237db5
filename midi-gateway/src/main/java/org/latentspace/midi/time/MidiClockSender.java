package org.latentspace.midi.time;

import org.latentspace.midi.rhythm.Grid;

/**
 * Sends the song's clock to ports: 24 pulses to a quarter note, also while the song stands, and
 * start, continue, stop and song position. Knows no thread; time is an argument. Allocates nothing.
 *
 * <pre>
 *   stands:   pulse   pulse   pulse  start          the song's pulses
 *   ------------|-------|-------|------+---|-------|-------|--------
 *                                          place 0, or a whole number of sixteenths
 * </pre>
 *
 * Start comes half a pulse before the pulse that it means, so that whoever follows is ready.
 */
final class MidiClockSender {
  private static final long PULSE_GRAINS = MidiClockFollower.GRAINS_PER_PULSE;
  private static final int PULSES_PER_SIXTEENTH = 6;
  private static final int MOST_SIXTEENTHS = 1 << 14;
  private static final int ONE_BYTE = 16;
  private static final long AT_ONCE = Long.MIN_VALUE / 2;

  private final Clock clock;
  private final ClockControl.Listener to;
  private final long ports;
  private final long nudgeNanos;

  private int begins = -1;
  private boolean told;
  private boolean starts;
  private long pulse;
  private long freeNanos = Long.MIN_VALUE;

  /**
   * @param to who gets it
   */
  MidiClockSender(Clock clock, ClockControl.Listener to) {
    this.clock = clock;
    this.to = to;
    ports = to.port();
    nudgeNanos = to.nudgeNanos();
  }

  ClockControl.Listener listener() {
    return to;
  }

  boolean isFor(ClockControl.Listener listener) {
    return listener.port() == ports && listener.nudgeNanos() == nudgeNanos;
  }

  /** When it has something to send next. */
  long nextNanos() {
    if (begins != clock.begins()) {
      return AT_ONCE;
    }
    if (!clock.isRunning()) {
      return freeNanos;
    }
    long song = songNanos();
    return starts ? Math.min(freeNanos, song - halfNanos()) : song;
  }

  private long songNanos() {
    return clock.nanosAt(pulse * PULSE_GRAINS) + nudgeNanos;
  }

  private long halfNanos() {
    return leadInNanos(clock.bpm());
  }

  /** How long before its first pulse a song is announced. */
  static long leadInNanos(double bpm) {
    return Math.round(30e9 / MidiClockFollower.PULSES_PER_QUARTER / bpm);
  }

  /** Sends what is due. */
  void send(long nowNanos, Outputs outputs) {
    if (begins != clock.begins()) {
      begins = clock.begins();
      turn(nowNanos, outputs);
    }
    if (!clock.isRunning()) {
      sendFree(nowNanos, outputs);
      return;
    }
    if (starts) {
      long start = songNanos() - halfNanos();
      if (nowNanos < start) {
        sendFree(nowNanos, outputs);
        return;
      }
      starts = false;
      told = true;
      start(start, outputs);
    }
    for (long due = songNanos(); due <= nowNanos; due = songNanos()) {
      outputs.clock(due, ports, MidiClockSource.PULSE << ONE_BYTE);
      freeNanos = due + 2 * halfNanos();
      pulse++;
    }
  }

  /** The song begins, goes on, or stops. */
  private void turn(long nowNanos, Outputs outputs) {
    freeNanos = freeNanos == Long.MIN_VALUE ? nowNanos : freeNanos;
    if (told) {
      outputs.clock(nowNanos, ports, MidiClockSource.STOP << ONE_BYTE);
      told = false;
    }
    starts = clock.isRunning();
    if (starts) {
      double place = Math.max(clock.beginGrain(), clock.placeAt(nowNanos - nudgeNanos));
      long sixteenth = (long) Math.ceil(place * 4 / Grid.GRAINS_PER_QUARTER);
      pulse = sixteenth * PULSES_PER_SIXTEENTH;
    }
  }

  private void start(long due, Outputs outputs) {
    long sixteenth = pulse / PULSES_PER_SIXTEENTH;
    if (sixteenth == 0) {
      outputs.clock(due, ports, MidiClockSource.START << ONE_BYTE);
      return;
    }
    int position = (int) (sixteenth % MOST_SIXTEENTHS);
    int bytes = (position & 0x7f) << 8 | position >> 7;
    outputs.clock(due, ports, MidiClockSource.SONG_POSITION << ONE_BYTE | bytes);
    outputs.clock(due, ports, MidiClockSource.CONTINUE << ONE_BYTE);
  }

  private void sendFree(long nowNanos, Outputs outputs) {
    if (freeNanos <= nowNanos) {
      outputs.clock(freeNanos, ports, MidiClockSource.PULSE << ONE_BYTE);
      freeNanos = Math.max(freeNanos + 2 * halfNanos(), nowNanos);
    }
  }
}
