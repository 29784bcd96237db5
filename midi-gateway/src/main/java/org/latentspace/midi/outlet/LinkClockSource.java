package org.latentspace.midi.outlet;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.latentspace.link.LinkSession;
import org.latentspace.link.LinkSettings;
import org.latentspace.link.LinkState;
import org.latentspace.midi.rhythm.Grid;
import org.latentspace.midi.time.ClockControl;
import org.latentspace.midi.time.ClockSource;

/**
 * An Ableton Link session as a clock: its beats are the song's quarters. A start waits for the
 * quantum; tempo, starts and stops from here go to all peers. From the making on it multicasts.
 */
final class LinkClockSource implements ClockSource, AutoCloseable {
  private static final double NANOS_PER_MICRO = 1000;
  private static final long RAMP_STEP_NANOS = 50_000_000;
  private static final double ROUNDING_BEATS = 1e-6;

  private final LinkSession session;
  private final ClockControl clock;
  private final ScheduledExecutorService thread;
  private final long quantum;
  private Future<?> ramp;

  // Belongs to the timing thread.
  private LinkState now;
  private long orders;

  /**
   * @param quantum beats after which everything is in phase again
   * @param thread changes the tempo by and by
   */
  LinkClockSource(
      double offsetMs, long quantum, ClockControl clock, ScheduledExecutorService thread) {
    this.clock = clock;
    this.quantum = quantum;
    this.thread = thread;
    LinkSettings settings =
        new LinkSettings(clock.transport().bpm(), true, offsetMs, 5, anyInterface -> true);
    session = LinkSession.join(settings, state -> clock.wake());
    now = session.state();
  }

  /** Its beats come so much later than the session's; negative: earlier. */
  void offset(double millis) {
    session.setOffset(millis);
    clock.wake();
  }

  String status() {
    return session.status();
  }

  @Override
  public Kind kind() {
    return Kind.LINK;
  }

  @Override
  public void read() {
    LinkState newest = session.state();
    if (newest != now) {
      boolean moved =
          newest.session() == now.session() && newest.transportBeat() != now.transportBeat();
      if (newest.playing() != now.playing() || (newest.playing() && moved)) {
        orders++;
      }
      now = newest;
    }
  }

  @Override
  public State state(long nanos) {
    return State.FOLLOWING;
  }

  @Override
  public double bpm() {
    return now.bpm();
  }

  @Override
  public double placeAt(long nanos) {
    return now.beatAt(nanos / NANOS_PER_MICRO) * Grid.GRAINS_PER_QUARTER;
  }

  @Override
  public long cycleGrains() {
    return quantum * Grid.GRAINS_PER_QUARTER;
  }

  @Override
  public long jumps() {
    return now.session();
  }

  @Override
  public long beginNanos(long earliest) {
    double beat = now.beatAt(earliest / NANOS_PER_MICRO);
    return nanosAt(Math.ceil(beat / quantum - ROUNDING_BEATS) * quantum);
  }

  private long nanosAt(double beat) {
    return (long) Math.ceil(now.timeAtBeat(beat) * NANOS_PER_MICRO);
  }

  @Override
  public long orders() {
    return orders;
  }

  @Override
  public boolean plays() {
    return now.playing();
  }

  @Override
  public long startNanos() {
    return nanosAt(now.transportBeat());
  }

  @Override
  public long startGrain() {
    return -1;
  }

  @Override
  public int peers() {
    return session.state().peers();
  }

  @Override
  public synchronized boolean tempo(double bpm, long rampNanos) {
    if (ramp != null) {
      ramp.cancel(false);
      ramp = null;
    }
    if (rampNanos <= 0) {
      session.setTempo(bpm);
    } else {
      double from = session.state().bpm();
      long begun = System.nanoTime();
      ramp =
          thread.scheduleAtFixedRate(
              () -> step(from, bpm, (System.nanoTime() - begun) / (double) rampNanos),
              0,
              RAMP_STEP_NANOS,
              TimeUnit.NANOSECONDS);
    }
    clock.wake();
    return true;
  }

  private synchronized void step(double from, double to, double part) {
    if (ramp != null) {
      session.setTempo(from + (to - from) * Math.min(1, part));
      clock.wake();
      if (part >= 1) {
        ramp.cancel(false);
        ramp = null;
      }
    }
  }

  @Override
  public boolean play(boolean playing) {
    session.setPlaying(playing, quantum);
    clock.wake();
    return true;
  }

  /** Leaves the session. */
  @Override
  public synchronized void close() {
    if (ramp != null) {
      ramp.cancel(false);
      ramp = null;
    }
    session.close();
  }
}
