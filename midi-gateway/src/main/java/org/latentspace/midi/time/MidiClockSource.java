package org.latentspace.midi.time;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.latentspace.midi.rhythm.Grid;

/**
 * A MIDI clock that comes in: what a port hears waits in a bounded queue until the timing thread
 * takes it.
 */
public final class MidiClockSource implements ClockSource {
  static final int SONG_POSITION = 0xf2;
  static final int PULSE = 0xf8;
  static final int START = 0xfa;
  static final int CONTINUE = 0xfb;
  static final int STOP = 0xfc;

  // Ten seconds at 300 bpm.
  private static final int CAPACITY = 2048;

  private final long[] nanos = new long[CAPACITY];
  private final int[] messages = new int[CAPACITY];
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final LongAdder dropped = new LongAdder();

  private final MidiClockFollower follower;
  private boolean plays;
  private long orders;
  private long startNanos;
  private long startGrain;

  /**
   * @param bpm 20..300: the tempo until two pulses have come
   */
  public MidiClockSource(double bpm) {
    follower = new MidiClockFollower(bpm);
  }

  /** Whether a message is one of a clock. */
  public static boolean isOfClock(int message) {
    return switch (message >> 16) {
      case SONG_POSITION, PULSE, START, CONTINUE, STOP -> true;
      default -> false;
    };
  }

  /**
   * A message of the clock has come; the port's thread.
   *
   * @param message status and two data bytes, 0xSSDDDD
   */
  public synchronized void receive(int message, long atNanos) {
    long next = written.get();
    if (next - taken.get() >= CAPACITY) {
      dropped.increment();
      return;
    }
    nanos[(int) next & (CAPACITY - 1)] = atNanos;
    messages[(int) next & (CAPACITY - 1)] = message;
    written.lazySet(next + 1);
  }

  /** Messages for which the queue had no room. */
  public long dropped() {
    return dropped.sum();
  }

  @Override
  public Kind kind() {
    return Kind.MIDI;
  }

  @Override
  public void read() {
    long next = taken.get();
    for (long end = written.get(); next < end; next++) {
      int place = (int) next & (CAPACITY - 1);
      take(messages[place], nanos[place]);
    }
    taken.lazySet(next);
  }

  private void take(int message, long atNanos) {
    switch (message >> 16) {
      case PULSE -> pulse(atNanos);
      case START -> follower.start();
      case CONTINUE -> follower.proceed();
      case STOP -> {
        follower.stop();
        orders += plays ? 1 : 0;
        plays = false;
      }
      case SONG_POSITION -> follower.songPosition((message & 0x7f) << 7 | (message >> 8 & 0x7f));
      default -> {}
    }
  }

  private void pulse(long atNanos) {
    boolean moved = follower.isPlaying();
    follower.pulse(atNanos);
    if (!moved && follower.isPlaying()) {
      plays = true;
      orders++;
      startNanos = atNanos;
      startGrain = Math.round(follower.placeAt(follower.pulseNanos()));
    }
  }

  @Override
  public State state(long atNanos) {
    return follower.state(atNanos);
  }

  @Override
  public double bpm() {
    return follower.bpm();
  }

  @Override
  public double placeAt(long atNanos) {
    return follower.placeAt(atNanos);
  }

  /** A beat; while it does not play nobody knows which pulse is on the beat. */
  @Override
  public long cycleGrains() {
    return follower.isPlaying() ? Grid.GRAINS_PER_QUARTER : MidiClockFollower.GRAINS_PER_PULSE;
  }

  @Override
  public long jumps() {
    return orders;
  }

  @Override
  public long beginNanos(long earliest) {
    long beat = Grid.GRAINS_PER_QUARTER;
    return follower.isPlaying()
        ? follower.nanosAt((long) Math.ceil(follower.placeAt(earliest) / beat) * beat)
        : earliest;
  }

  @Override
  public long orders() {
    return orders;
  }

  @Override
  public boolean plays() {
    return plays;
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long startGrain() {
    return startGrain;
  }
}
